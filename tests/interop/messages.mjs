/** Reads what an accessory sends: HTTP/1.1 responses (RFC 9112) and HAP's EVENT/1.0 messages, and nothing that is neither. */

const HEAD_END = "\r\n\r\n";
const LINE_END = "\r\n";
const START_LINE = /^(HTTP\/1\.1|EVENT\/1\.0) ([1-5]\d\d) [\x20-\x7e]*$/;
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?(.*)$/;

function parseHead(text) {
	const [start, ...lines] = text.split(LINE_END);
	const match = start.match(START_LINE);
	if (!match)
		throw new Error(`not the start of a message: ${JSON.stringify(start)}`);
	const headers = {};
	for (const line of lines) {
		const header = line.match(HEADER_LINE);
		if (!header)
			throw new Error(`not a header: ${JSON.stringify(line)}`);
		headers[header[1].toLowerCase()] = header[2];
	}
	return { protocol: match[1].split("/")[0], status: Number(match[2]), headers };
}

export class MessageReader {
	#pending = Buffer.alloc(0);

	/** Answers the messages that these bytes complete: { protocol, status, headers, body }. */
	push(bytes) {
		this.#pending = Buffer.concat([this.#pending, bytes]);
		const messages = [];
		for (let message = this.#take(); message; message = this.#take())
			messages.push(message);
		return messages;
	}

	#take() {
		const headEnd = this.#pending.indexOf(HEAD_END);
		if (headEnd < 0)
			return undefined;
		const head = parseHead(this.#pending.toString("latin1", 0, headEnd));
		const at = headEnd + HEAD_END.length;
		const rest = head.headers["transfer-encoding"] === "chunked" ? this.#chunked(at) : this.#counted(head, at);
		if (!rest)
			return undefined;
		this.#pending = this.#pending.subarray(rest.end);
		return { ...head, body: rest.body };
	}

	#counted({ status, headers }, at) {
		const isBodiless = status === 204 || status < 200;
		const length = isBodiless ? 0 : Number(headers["content-length"]);
		if (!Number.isInteger(length))
			throw new Error(`a message of status ${status} without its length`);
		return this.#pending.length < at + length ? undefined : { body: this.#pending.subarray(at, at + length), end: at + length };
	}

	#chunked(from) {
		const chunks = [];
		for (let at = from;;) {
			const lineEnd = this.#pending.indexOf(LINE_END, at);
			if (lineEnd < 0)
				return undefined;
			const size = this.#pending.toString("latin1", at, lineEnd);
			if (!/^[0-9a-f]+$/i.test(size))
				throw new Error(`not the size of a chunk: ${JSON.stringify(size)}`);
			const start = lineEnd + LINE_END.length;
			const end = start + Number.parseInt(size, 16);
			if (this.#pending.length < end + LINE_END.length)
				return undefined;
			if (this.#pending.toString("latin1", end, end + LINE_END.length) !== LINE_END)
				throw new Error("a chunk without its end");
			if (end === start)
				return { body: Buffer.concat(chunks), end: end + LINE_END.length };
			chunks.push(this.#pending.subarray(start, end));
			at = end + LINE_END.length;
		}
	}
}
