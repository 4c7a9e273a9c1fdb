/** JSON bodies of strangers' making: measured before they are parsed, so that none can exhaust the heap or the stack. */

import { MalformedError, toText } from "hap/bytes/bytes";

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

const enum Character {
	Quote = 0x22,
	Comma = 0x2c,
	OpenBracket = 0x5b,
	Backslash = 0x5c,
	CloseBracket = 0x5d,
	OpenBrace = 0x7b,
	CloseBrace = 0x7d,
}

/** Where the string that begins at `from` ends. */
function skipString(body: Uint8Array, from: number): number {
	let at = from + 1;
	while (at < body.length && body[at] !== Character.Quote)
		at += body[at] === Character.Backslash ? 2 : 1;
	return at;
}

function measure(body: Uint8Array, limits: JsonLimits): void {
	let depth = 0;
	let containers = 0;
	let values = 1;
	for (let at = 0; at < body.length; at++) {
		switch (body[at]) {
			case Character.Quote:
				at = skipString(body, at);
				break;
			case Character.OpenBrace:
			case Character.OpenBracket:
				depth++;
				containers++;
				values++;
				break;
			case Character.CloseBrace:
			case Character.CloseBracket:
				depth--;
				break;
			case Character.Comma:
				values++;
				break;
		}
		if (depth > limits.depth || containers > limits.containers || values > limits.values)
			throw new MalformedError("json: too much");
	}
}

/** Objects have only the properties that HAP knows. MalformedError on what is not UTF-8, not JSON, or more than the limits. */
export function parseJson(body: Uint8Array, limits: JsonLimits = JSON_LIMITS): unknown {
	measure(body, limits);
	const text = toText(body);
	try {
		return JSON.parse(text, NAMES as never);
	}
	catch {
		throw new MalformedError("json: does not parse");
	}
}
