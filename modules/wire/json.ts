/** JSON bodies of strangers' making: measured before they are parsed, so that none can exhaust the heap or the stack. */

import { decodeText, MalformedError } from "hap/bytes/bytes";

export interface JsonLimits {
	readonly depth: number;
	/** Objects and lists. XS takes 72 bytes for an empty one on a 32-bit machine. */
	readonly containers: number;
	/** Values that commas part, containers among them: 16 bytes each. */
	readonly values: number;
}

/**
 * HAP's requests nest three deep, keys that are to come perhaps deeper. A write of 24 characteristics is more than a switch has, and
 * takes 4 KB while it is served.
 */
export const JSON_LIMITS: JsonLimits = Object.freeze({ depth: 8, containers: 26, values: 128 });

/** Names that HAP's bodies have. Any other is skipped: XS keeps every name that it once met, for ever. */
const NAMES: readonly string[] = Object.freeze([
	"aid",
	"authData",
	"characteristics",
	"ev",
	"iid",
	"pid",
	"r",
	"remote",
	"ttl",
	"value",
]);

const enum Extent {
	TooMuch,
	OtherNames,
	/** It has no names but those. */
	KnownNames,
}

/** Of the body, JSON or not: a native, because every byte is looked at. Names with escapes in them it does not know. */
function measure(this: unknown, body: Uint8Array, depth: number, containers: number, values: number): Extent {
	return native("xs_hap_json_measure").call(this, body, depth, containers, values);
}

/** Objects have only the properties that HAP knows. MalformedError on what is not UTF-8, not JSON, or more than the limits. */
export function parseJson(body: Uint8Array, limits: JsonLimits = JSON_LIMITS): unknown {
	const extent = measure(body, limits.depth, limits.containers, limits.values);
	if (extent === Extent.TooMuch)
		throw new MalformedError("json: too much");
	const text = decodeText(body, 0, body.length);
	if (text === undefined)
		throw new MalformedError("json: not UTF-8 text");
	try {
		return extent === Extent.KnownNames ? JSON.parse(text) : JSON.parse(text, NAMES as never);
	}
	catch {
		throw new MalformedError("json: does not parse");
	}
}
