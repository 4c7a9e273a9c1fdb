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

const look = () => argumentText(Argument.Look);

export const isJson = () => look() === "json";

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

function coloured(line: string): string {
	const colour = colourOf(line);
	return colour === undefined ? line : `${colour}${line}${Sgr.Plain}`;
}

/** One thing that happens. */
export function say(line: string): void {
	switch (look()) {
		case "json":
			print(JSON.stringify({ log: line }));
			break;
		case "color":
			print(coloured(line));
			break;
		default:
			print(line);
	}
}

/** What a person looks for. */
export function emphasize(text: string): string {
	return look() === "color" ? `${Sgr.Bold}${text}${Sgr.Plain}` : text;
}
