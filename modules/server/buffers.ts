/**
 * The frame buffers that all connections of a server share. A connection has bytes in one only while a call of its own
 * runs: what cannot be used at once stays in the TCP stack, or is copied.
 */

import { FRAME_OVERHEAD, FRAME_TEXT_MAX } from "hap/wire/frame";

/** Where a frame's plaintext begins, behind its length. */
export const TEXT_AT = 2;

export class FrameBuffers {
	readonly inbound = new Uint8Array(FRAME_TEXT_MAX + FRAME_OVERHEAD);
	readonly outbound = new Uint8Array(FRAME_TEXT_MAX + FRAME_OVERHEAD);
}
