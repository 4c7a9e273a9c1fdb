/**
 * A message on its way out, cut into frames as the socket has room for them. Its pieces are pulled when they fit, so
 * that an answer of any length takes no more memory than one piece.
 */

import { copyBytes, fromText, putText, putTexts } from "hap/bytes/bytes";

export type Piece = string | Uint8Array;

const CHUNK_HEAD = 5; // "3f9\r\n": three digits are enough for a frame
const CHUNK_TAIL = 2;
const LAST_CHUNK = "0\r\n\r\n";
const HEX = "0123456789abcdef";
const EMPTY: readonly Piece[] = Object.freeze([], true);

/** The least room worth a frame, so that a nearly full socket is not fed crumbs. */
export const MIN_FRAME_TEXT = 64;

function isPiece(body: Piece | Iterator<Piece>): body is Piece {
	return typeof body === "string" || body instanceof Uint8Array;
}

export class Outgoing {
	private readonly isChunked: boolean;
	private isBody = false;
	private body: Piece | Iterator<Piece> | undefined;
	private piece: Piece | undefined;
	private at = 0;

	/** The pieces of a body of unknown length go as chunks (RFC 9112 section 7.1); all else goes as it is. */
	constructor(head: Piece, body?: Piece | Iterator<Piece>) {
		this.piece = head;
		this.body = body;
		this.isChunked = body !== undefined && !isPiece(body);
	}

	get isDone(): boolean {
		return this.piece === undefined && this.body === undefined;
	}

	/** Fills `target` from `from` up to `limit` as far as there is something; answers where it stopped. */
	fill(target: Uint8Array, from: number, limit: number): number {
		let at = from;
		if (!this.isBody) {
			if (this.piece !== undefined)
				at = this.put(this.piece, target, at, limit);
			if (this.piece !== undefined)
				return at;
			this.isBody = true;
		}
		if (!this.isChunked)
			return this.pull(target, at, limit);
		while (this.body !== undefined && limit - at >= MIN_FRAME_TEXT)
			at = this.fillChunk(target, at, limit);
		return at;
	}

	private fillChunk(target: Uint8Array, from: number, limit: number): number {
		const start = from + CHUNK_HEAD;
		const end = this.pull(target, start, limit - CHUNK_TAIL);
		if (end === start)
			return from + putText(target, from, LAST_CHUNK);
		const length = end - start;
		putText(target, from, `${HEX[length >> 8]}${HEX[(length >> 4) & 15]}${HEX[length & 15]}\r\n`);
		const after = end + putText(target, end, "\r\n");
		return this.body === undefined ? after + this.lastChunk(target, after, limit) : after;
	}

	/** The end is said where it fits, else in the next frame. */
	private lastChunk(target: Uint8Array, at: number, limit: number): number {
		if (limit - at >= LAST_CHUNK.length)
			return putText(target, at, LAST_CHUNK);
		this.body = EMPTY[Symbol.iterator]();
		return 0;
	}

	private pull(target: Uint8Array, from: number, limit: number): number {
		let at = from;
		while (at < limit) {
			const piece = this.piece ?? this.nextPiece();
			if (piece === undefined)
				break;
			const end = typeof piece === "string" ? putTexts(target, at, limit, piece) : -1; // most fit
			if (end < 0) {
				at = this.putPart(piece, target, at, limit);
				continue;
			}
			this.piece = undefined;
			at = end;
		}
		return at;
	}

	private nextPiece(): Piece | undefined {
		const body = this.body;
		if (this.isChunked && body) {
			const next = (body as Iterator<Piece>).next();
			if (!next.done)
				return next.value;
		}
		this.body = undefined;
		return this.isChunked ? undefined : (body as Piece | undefined);
	}

	/** As much of the piece as there is room for; answers where it stops. */
	private put(piece: Piece, target: Uint8Array, at: number, limit: number): number {
		const end = typeof piece === "string" ? putTexts(target, at, limit, piece) : -1;
		if (end >= 0) {
			this.piece = undefined;
			return end;
		}
		return this.putPart(piece, target, at, limit);
	}

	/** Of bytes, or of text that there is no room for. */
	private putPart(piece: Piece, target: Uint8Array, at: number, limit: number): number {
		const bytes = typeof piece === "string" ? fromText(piece) : piece;
		this.piece = bytes;
		return at + this.copy(bytes, target, at, limit);
	}

	private copy(piece: Uint8Array, target: Uint8Array, at: number, limit: number): number {
		const count = Math.min(piece.length - this.at, limit - at);
		copyBytes(target, at, piece, this.at, this.at + count);
		this.at += count;
		if (this.at === piece.length) {
			this.piece = undefined;
			this.at = 0;
		}
		return count;
	}
}
