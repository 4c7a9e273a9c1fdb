/**
 * One HTTP/1.1 request at a time out of bytes that come in any portions (RFC 9112). Idle, it holds no buffer: a line is
 * copied only when it comes in parts, a body only into memory of its own length, and both out of a budget that all
 * connections share.
 */

import { ByteBudget } from "hap/bytes/byte-budget";
import { concat, copyBytes } from "hap/bytes/bytes";
import {
	Field,
	Found,
	HttpError,
	Method,
	parseChunkSize,
	parseHeaderLine,
	parseLength,
	parseList,
	parseRequestLine,
	parseValue,
} from "hap/wire/http-head";
import { findByte, isText, LINE_MAX, readHead, type RequestLine } from "hap/wire/http-text";
import { JSON_TYPE } from "hap/wire/http-writer";

export { HttpError, Method };

export interface HttpLimits {
	/** Bytes of a line: at most LINE_MAX. */
	readonly line: number;
	/** Bytes of the request line and all header lines. */
	readonly head: number;
	readonly body: number;
}

export const LIMITS: HttpLimits = Object.freeze({
	line: 512, // a GET of 40 characteristics is 232
	head: 2048, // iOS sends some 200 bytes of head
	body: 1024, // a PUT that writes to 24 characteristics is some 900 bytes; pair-setup's M3 some 460
});

const enum State {
	RequestLine,
	HeaderLine,
	Body,
	ChunkSize,
	ChunkBody,
	ChunkEnd,
	Trailer,
	Complete,
}

const LF = 0x0a;
const CR = 0x0d;
const LINE_STEP = 64;
const NO_BODY = new Uint8Array(0);

export class RequestParser implements RequestLine {
	/* of the head: said anew by each */
	method = Method.None;
	minor = 1;
	path = "";
	query = "";
	/** In lower case, without parameters. */
	contentType = "";
	keepAlive = true;
	private length = -1;
	private isChunked = false;
	private awaitsContinue = false;
	private state = State.RequestLine;
	private headLength = 0;
	private line: Uint8Array | undefined;
	private lineLength = 0;
	body: Uint8Array = NO_BODY;
	/** Of the body, as far as it is known how long it is: asking the array is slow. */
	private bodyBytes = 0;
	private filled = 0;
	private readonly limits: HttpLimits;
	private readonly budget: ByteBudget;

	constructor(limits: HttpLimits = LIMITS, budget: ByteBudget = new ByteBudget(limits.line + limits.body)) {
		if (limits.line > LINE_MAX)
			throw new RangeError(`a line of ${limits.line} bytes`);
		this.limits = limits;
		this.budget = budget;
	}

	get isComplete(): boolean {
		return this.state === State.Complete;
	}

	/** No byte of a request has come; an empty line before it is none. */
	get isEmpty(): boolean {
		return this.state === State.RequestLine && this.lineLength === 0;
	}

	/** True once: the head asked for "100 Continue" before it sends the body (RFC 9110 section 10.1.1). */
	takeExpectation(): boolean {
		if (!this.awaitsContinue)
			return false;
		const isAtBody = (this.state === State.Body || this.state === State.ChunkSize) && this.filled === 0;
		if (isAtBody)
			this.awaitsContinue = false;
		return isAtBody;
	}

	/** Ready for the next request; the buffers of this one are let go. Path and query stay: the next ones are the same, mostly. */
	reset(): void {
		if (this.line)
			this.releaseLine();
		if (this.bodyBytes > 0) {
			this.budget.give(this.bodyBytes);
			this.body = NO_BODY;
			this.bodyBytes = 0;
			this.filled = 0;
		}
		this.state = State.RequestLine;
		this.headLength = 0;
	}

	/** Answers how many of the bytes were this request's; short of all of them only behind its last byte. */
	push(bytes: Uint8Array, from: number, to: number): number {
		let at = this.state === State.RequestLine && this.headLength === 0 ? this.onWholeHead(bytes, from, to) : from;
		while (at < to && this.state !== State.Complete)
			at = this.state === State.Body || this.state === State.ChunkBody ? this.onBody(bytes, at, to) : this.onLinePart(bytes, at, to);
		return at - from;
	}

	/** What is sent all the time. A head that comes in parts, or decides more, is read line by line. */
	private onWholeHead(bytes: Uint8Array, from: number, to: number): number {
		const limits = this.limits;
		const head = readHead(bytes, from, to, this, limits.line, limits.head);
		if (head === 0)
			return from;
		this.contentType = head & Found.IsJson ? JSON_TYPE : "";
		this.keepAlive = this.minor === 1;
		this.isChunked = false;
		this.awaitsContinue = false;
		this.startBody((head >> Found.LengthAt) - 1);
		const end = from + (head & Found.Bytes);
		return this.state === State.Body && end < to ? this.onBody(bytes, end, to) : end;
	}

	/* Lines */

	private onLinePart(bytes: Uint8Array, at: number, to: number): number {
		const found = findByte(bytes, at, to, LF);
		const end = found < 0 ? to : found + 1;
		if (this.lineLength + end - at > this.limits.line)
			throw new HttpError(this.state === State.RequestLine ? 414 : 431, "line too long");
		this.headLength += end - at;
		if (this.headLength > this.limits.head)
			throw new HttpError(431, "head too long");
		if (found < 0)
			this.keepPart(bytes, at, end);
		else if (this.lineLength === 0)
			this.onLine(bytes, at, end);
		else {
			this.keepPart(bytes, at, end);
			const line = this.line as Uint8Array;
			const length = this.lineLength;
			this.lineLength = 0;
			this.onLine(line, 0, length);
			this.releaseLine();
		}
		return end;
	}

	private keepPart(bytes: Uint8Array, from: number, to: number): void {
		const length = this.lineLength + to - from;
		if (length > (this.line?.length ?? 0))
			this.growLine(length);
		copyBytes(this.line!, this.lineLength, bytes, from, to);
		this.lineLength = length;
	}

	/** In steps, so that a stranger who sends a few bytes and no more holds a few bytes and no more. */
	private growLine(length: number): void {
		const grown = Math.min(Math.ceil(length / LINE_STEP) * LINE_STEP, this.limits.line);
		if (!this.budget.take(grown - (this.line?.length ?? 0)))
			throw new HttpError(503, "no memory for a line");
		const line = new Uint8Array(grown);
		if (this.line)
			line.set(this.line);
		this.line = line;
	}

	private releaseLine(): void {
		if (this.line)
			this.budget.give(this.line.length);
		this.line = undefined;
		this.lineLength = 0;
	}

	/** The line with its end; a line feed alone does not end one. */
	private onLine(bytes: Uint8Array, from: number, end: number): void {
		const to = end - 2;
		if (to < from || bytes[to] !== CR)
			throw new HttpError(400, "line end");
		switch (this.state) {
			case State.HeaderLine:
				if (from === to)
					this.onHeadEnd();
				else
					this.onHeader(bytes, from, parseHeaderLine(bytes, from, end));
				break;
			case State.RequestLine:
				this.onRequestLine(bytes, from, to);
				break;
			case State.ChunkSize:
				this.onChunkSize(bytes, from, to);
				break;
			case State.ChunkEnd:
				if (from !== to)
					throw new HttpError(400, "chunk end");
				this.startChunkSize();
				break;
			case State.Trailer:
				if (from === to)
					this.state = State.Complete;
				else
					parseHeaderLine(bytes, from, end);
				break;
		}
	}

	/** An empty line before a request is skipped (RFC 9112 section 2.2). */
	private onRequestLine(bytes: Uint8Array, from: number, to: number): void {
		if (from === to) {
			if (this.headLength > 2)
				throw new HttpError(400, "empty lines");
			return;
		}
		parseRequestLine(bytes, from, to, this);
		this.contentType = "";
		this.keepAlive = this.minor === 1;
		this.length = -1;
		this.isChunked = false;
		this.awaitsContinue = false;
		this.state = State.HeaderLine;
	}

	/** `header` is readHeader()'s. */
	private onHeader(bytes: Uint8Array, from: number, header: number): void {
		const valueFrom = from + ((header >> Found.ValueAt) & Found.Bytes);
		const valueTo = from + (header >> Found.ValueEndAt);
		switch (header & Found.Field) {
			case Field.ContentLength:
				this.onContentLength(parseLength(bytes, valueFrom, valueTo));
				break;
			case Field.TransferEncoding:
				this.onTransferEncoding(parseList(bytes, valueFrom, valueTo));
				break;
			case Field.ContentType:
				this.contentType = isText(bytes, valueFrom, valueTo, JSON_TYPE) ? JSON_TYPE : parseValue(bytes, valueFrom, valueTo);
				break;
			case Field.Expect:
				this.onExpectation(parseValue(bytes, valueFrom, valueTo));
				break;
			case Field.Connection:
				if (parseList(bytes, valueFrom, valueTo).includes("close"))
					this.keepAlive = false;
				break;
		}
	}

	private onContentLength(length: number): void {
		if (this.length >= 0 && this.length !== length)
			throw new HttpError(400, "two content lengths");
		if (length > this.limits.body)
			throw new HttpError(413, "body too long");
		this.length = length;
	}

	/** A body that chunks do not end has no end that is sure (RFC 9112 section 6.3). */
	private onTransferEncoding(codings: string[]): void {
		if (codings.at(-1) !== "chunked")
			throw new HttpError(400, "transfer encoding");
		if (this.isChunked || codings.length > 1)
			throw new HttpError(501, "transfer encoding");
		this.isChunked = true;
	}

	/** HTTP/1.0 has none (RFC 9110 section 10.1.1). */
	private onExpectation(expectation: string): void {
		if (this.minor === 0)
			return;
		if (expectation !== "100-continue")
			throw new HttpError(417, "expectation");
		this.awaitsContinue = true;
	}

	/** Both a length and chunks: which of them a proxy believed, nobody knows (RFC 9112 section 6.3). */
	private onHeadEnd(): void {
		if (this.isChunked && this.length >= 0)
			throw new HttpError(400, "length and chunks");
		if (this.isChunked)
			this.startChunkSize();
		else
			this.startBody(this.length);
	}

	/* Bodies */

	/** -1: it has none. */
	private startBody(length: number): void {
		if (length <= 0) {
			this.state = State.Complete;
			return;
		}
		this.takeMemory(length);
		this.body = new Uint8Array(length);
		this.state = State.Body;
	}

	private takeMemory(bytes: number): void {
		if (this.bodyBytes + bytes > this.limits.body)
			throw new HttpError(413, "body too long");
		if (!this.budget.take(bytes))
			throw new HttpError(503, "no memory for a body");
		this.bodyBytes += bytes;
	}

	private onBody(bytes: Uint8Array, at: number, to: number): number {
		const filled = this.filled;
		const whole = at + this.bodyBytes - filled;
		const isWhole = whole <= to;
		const end = isWhole ? whole : to;
		copyBytes(this.body, filled, bytes, at, end);
		this.filled = filled + end - at;
		if (isWhole)
			this.state = this.isChunked ? State.ChunkEnd : State.Complete;
		return end;
	}

	/** Lines between chunks are bounded each, not all together: the body's limit bounds their number. */
	private startChunkSize(): void {
		this.headLength = 0;
		this.state = State.ChunkSize;
	}

	private onChunkSize(bytes: Uint8Array, from: number, to: number): void {
		const size = parseChunkSize(bytes, from, to);
		if (size === 0) {
			this.headLength = 0;
			this.state = State.Trailer;
			return;
		}
		this.takeMemory(size);
		this.body = this.body === NO_BODY ? new Uint8Array(size) : concat(this.body, new Uint8Array(size));
		this.state = State.ChunkBody;
	}
}
