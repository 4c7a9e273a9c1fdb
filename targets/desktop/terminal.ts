/** How lines look: plain where nobody looks, coloured on a terminal, one JSON object each for programs (--json). */

import { argumentText, print } from "host:process";
import { Argument } from "target/arguments";

/** Control sequences of ECMA-48 §8.3.117. */
const enum Sgr {
	Plain = "\x1b[0m",
	Bold = "\x1b[1m",
	Dim = "\x1b[2m",
	Red = "\x1b[31m",
	Green = "\x1b[32m",
}

const isColoured = () => argumentText(Argument.Look) === "color";

export const isJson = () => argumentText(Argument.Look) === "json";

/** Columns of the terminal; Infinity where there is none. */
export function columns(): number {
	return Number(argumentText(Argument.Columns) || Infinity);
}

function colourOf(line: string): Sgr | undefined {
	if (/^(fault|reset|network): /.test(line))
		return Sgr.Red;
	if (/^(paired|verified|switched|ready)/.test(line))
		return Sgr.Green;
	return /^(connected|closed|device id|crypto|payload|waits)/.test(line.trim()) ? Sgr.Dim : undefined;
}

/** One thing that happens. */
export function say(line: string): void {
	const colour = isColoured() ? colourOf(line) : undefined;
	if (isJson())
		print(JSON.stringify({ log: line }));
	else
		print(colour === undefined ? line : `${colour}${line}${Sgr.Plain}`);
}

/** What a person looks for. */
export function emphasize(text: string): string {
	return isColoured() ? `${Sgr.Bold}${text}${Sgr.Plain}` : text;
}
