/** Heads of responses and events: RFC 9112 section 4, and HAP R2 "Notifications" for EVENT/1.0. */

import { joinText } from "hap/bytes/bytes";

export const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

export const JSON_TYPE = "application/hap+json";
const NO_CONTENT = 204;
/** The heads that are sent all the time. */
const NO_CONTENT_HEAD = "HTTP/1.1 204 No Content\r\n\r\n";
const JSON_HEAD = `HTTP/1.1 200 OK\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: `;

/** RFC 9110 section 15, and 470, which is HAP's own. */
const REASONS: { readonly [status: number]: string; } = Object.freeze(
	{
		200: "OK",
		204: "No Content",
		207: "Multi-Status",
		400: "Bad Request",
		404: "Not Found",
		405: "Method Not Allowed",
		408: "Request Timeout",
		411: "Length Required",
		413: "Content Too Large",
		414: "URI Too Long",
		417: "Expectation Failed",
		422: "Unprocessable Content",
		431: "Request Header Fields Too Large",
		470: "Connection Authorization Required",
		500: "Internal Server Error",
		501: "Not Implemented",
		503: "Service Unavailable",
		505: "HTTP Version Not Supported",
	},
	true,
);

function lengthLine(status: number, length: number | "chunked"): string {
	if (status === NO_CONTENT)
		return "";
	return length === "chunked" ? "Transfer-Encoding: chunked\r\n" : `Content-Length: ${length}\r\n`;
}

/**
 * `contentLength` in bytes. 204 has neither a body nor a length (RFC 9110 section 8.6). Whoever closes the connection behind an
 * answer says so in it (RFC 9112 section 9.6).
 */
export function responseHead(status: number, contentType?: string, contentLength: number | "chunked" = 0, isLast = false): string {
	if (status === NO_CONTENT && contentType === undefined && !isLast)
		return NO_CONTENT_HEAD;
	const type = contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`;
	const connection = isLast ? "Connection: close\r\n" : "";
	return `HTTP/1.1 ${status} ${REASONS[status] ?? "Unknown"}\r\n${connection}${type}${lengthLine(status, contentLength)}\r\n`;
}

/** A head, and its body of so many bytes, as one text. */
export function responseText(status: number, contentType: string | undefined, bodyBytes: number, isLast: boolean, body: string): string {
	if (status === 200 && contentType === JSON_TYPE && !isLast)
		return joinText(JSON_HEAD, bodyBytes, "\r\n\r\n", body);
	return joinText(responseHead(status, contentType, bodyBytes, isLast), body);
}

export function eventHead(contentLength: number, body = ""): string {
	return joinText("EVENT/1.0 200 OK\r\nContent-Type: application/hap+json\r\nContent-Length: ", contentLength, "\r\n\r\n", body);
}
