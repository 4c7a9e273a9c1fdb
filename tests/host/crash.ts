/** Says what the last run left, logs, and ends as it is asked to: crash.ts FOLDER KIND. */

import { log, openReport } from "host:crash";
import { argumentText, print, watchKeys } from "host:process";

const LINES = 200;

function fill(): void {
	const all: Uint8Array[] = [];
	for (;;)
		all.push(new Uint8Array(100));
}

export default function main(): void {
	print(`report: ${JSON.stringify(openReport(argumentText(0) ?? ""))}`);
	for (let i = 0; i < LINES; i++)
		log(`line ${i}`);
	switch (argumentText(1)) {
		case "memory":
			fill();
			break;
		case "throw":
			throw new RangeError("on purpose");
		case "long":
			log("x".repeat(2000));
			fill();
			break;
		case "wait":
			watchKeys(() => {});
			break;
	}
	print("ready");
}
