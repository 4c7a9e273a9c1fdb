/** Setup codes: HAP R2 "Setup Code", three groups of digits, and the codes that are too easy. */

import { random } from "hap/crypto/crypto";

const DIGITS = 8;
const COUNT = 100_000_000;
/** Below it every code is equally likely. */
const FAIR = Math.floor(0x1_0000_0000 / COUNT) * COUNT;

const REFUSED: readonly string[] = Object.freeze(["123-45-678", "876-54-321"]);

function hasShape(code: string): boolean {
	if (code.length !== DIGITS + 2 || code[3] !== "-" || code[6] !== "-")
		return false;
	for (const character of code)
		if (character !== "-" && (character < "0" || character > "9"))
			return false;
	return code.indexOf("-") === 3 && code.indexOf("-", 4) === 6 && code.indexOf("-", 7) < 0;
}

function isUniform(code: string): boolean {
	for (const character of code)
		if (character !== "-" && character !== code[0])
			return false;
	return true;
}

/** `ddd-dd-ddd`, and none of those that HAP refuses. */
export function isValidSetupCode(code: string): boolean {
	return hasShape(code) && !isUniform(code) && !REFUSED.includes(code);
}

export function formatSetupCode(number: number): string {
	const digits = String(number).padStart(DIGITS, "0");
	return `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
}

/** The code without its dashes, as the setup payload carries it. */
export function setupCodeNumber(code: string): number {
	return Number(code.slice(0, 3) + code.slice(4, 6) + code.slice(7));
}

export function randomSetupCode(): string {
	const bytes = new Uint8Array(4);
	for (;;) {
		random(bytes);
		const value = ((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]) >>> 0;
		const code = formatSetupCode(value % COUNT);
		if (value < FAIR && isValidSetupCode(code))
			return code;
	}
}
