/** Says lines on both outputs, and ends as it is asked to: output.ts KIND. */

import { argumentText, exit, print, printError, watchKeys } from "host:process";

const LINES = 300;
const LONG = 5000;

function fill(): void {
	const all: Uint8Array[] = [];
	for (;;)
		all.push(new Uint8Array(100));
}

/** In the middle of a turn. */
function hang(): void {
	printError("hangs");
	print("last");
	for (;;);
}

export default function main(): void {
	for (let i = 0; i < LINES; i++)
		if (i % 50 === 49)
			printError(`line ${i}`);
		else
			print(`line ${i}${i % 40 === 1 ? "x".repeat(LONG) : ""}`);
	switch (argumentText(0)) {
		case "exit":
			exit(3);
			break;
		case "throw":
			throw new RangeError("on purpose");
		case "memory":
			fill();
			break;
		case "hang":
			watchKeys(hang);
			break;
	}
}
