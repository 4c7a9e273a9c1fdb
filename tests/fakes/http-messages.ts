/** What a controller reads: responses and events, in the order in which they came. */

import { concat, toText } from "hap/bytes/bytes";

const HEAD_END = [0x0d, 0x0a, 0x0d, 0x0a];
const LINE_END = [0x0d, 0x0a];

export interface Message {
	/** "HTTP/1.1" or "EVENT/1.0". */
	readonly protocol: string;
	readonly status: number;
	/** Names in lower case. */
	readonly headers: ReadonlyMap<string, string>;
	readonly body: Uint8Array;
}

interface Taken<T> {
	readonly value: T;
	readonly end: number;
}

function find(bytes: Uint8Array, pattern: readonly number[], from: number): number {
	for (let at = bytes.indexOf(pattern[0], from); at >= 0; at = bytes.indexOf(pattern[0], at + 1))
		if (pattern.every((byte, i) => bytes[at + i] === byte))
			return at;
	return -1;
}

function parseHead(text: string): Omit<Message, "body"> {
	const [start, ...lines] = text.split("\r\n");
	const [protocol, status] = start.split(" ");
	if (protocol !== "HTTP/1.1" && protocol !== "EVENT/1.0")
		throw new Error(`no message begins with ${start}`);
	const headers = new Map(lines.map((line) => {
		const colon = line.indexOf(":");
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	}));
	return { protocol, status: Number(status), headers };
}

/** Undefined: there is more to come. */
function takeChunks(bytes: Uint8Array, from: number): Taken<Uint8Array> | undefined {
	const chunks: Uint8Array[] = [];
	for (let at = from;;) {
		const lineEnd = find(bytes, LINE_END, at);
		if (lineEnd < 0)
			return undefined;
		const size = Number.parseInt(toText(bytes.subarray(at, lineEnd)), 16);
		const start = lineEnd + LINE_END.length;
		const end = start + size + LINE_END.length;
		if (end > bytes.length)
			return undefined;
		if (find(bytes, LINE_END, start + size) !== start + size)
			throw new Error("a chunk does not end where it says");
		if (size === 0)
			return { value: concat(...chunks), end };
		chunks.push(bytes.slice(start, start + size));
		at = end;
	}
}

function takeBody(bytes: Uint8Array, from: number, { headers }: Omit<Message, "body">): Taken<Uint8Array> | undefined {
	if (headers.get("transfer-encoding") === "chunked")
		return takeChunks(bytes, from);
	const end = from + Number(headers.get("content-length") ?? 0);
	return end > bytes.length ? undefined : { value: bytes.slice(from, end), end };
}

/** The whole messages at the beginning of `bytes`, and what is left behind them. */
export function readMessages(bytes: Uint8Array): { messages: Message[]; rest: Uint8Array; } {
	const messages: Message[] = [];
	let at = 0;
	for (;;) {
		const headEnd = find(bytes, HEAD_END, at);
		if (headEnd < 0)
			break;
		const head = parseHead(toText(bytes.subarray(at, headEnd)));
		const body = takeBody(bytes, headEnd + HEAD_END.length, head);
		if (!body)
			break;
		messages.push({ ...head, body: body.value });
		at = body.end;
	}
	return { messages, rest: bytes.slice(at) };
}

/** `204`, `200 body`, `EVENT 1.22=5 1.21=true`: one line of a dialogue. */
export function lineOf({ protocol, status, body }: Message): string {
	if (protocol === "HTTP/1.1")
		return body.length === 0 ? String(status) : `${status} ${toText(body)}`;
	const { characteristics } = JSON.parse(toText(body)) as { characteristics: { aid: number; iid: number; value: unknown; }[]; };
	return `EVENT ${characteristics.map(({ aid, iid, value }) => `${aid}.${iid}=${JSON.stringify(value)}`).join(" ")}`;
}
