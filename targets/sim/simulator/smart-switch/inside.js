/** What a look inside shows: pairings, memory, sessions, and the lines of the log. */

import { ButtonsRow, InfoRow } from "ControlsPane";

const MAX_LINES = 16;
const SLOT_BYTES_32 = 16; // of a slot on the chip, where it has half the size
const USERNAME = /([0-9a-fA-F]{8})-[0-9a-fA-F-]{27}/g;

const mono = new Style({ font: "10px Fira Mono", color: "#78828f", horizontal: "left", left: 10, right: 6 });

function kilobytes(bytes) {
	return `${(bytes / 1024).toFixed(1)} KB`;
}

/** Enough of a controller's identifier to know it again. */
function shorten(line) {
	return line.replace(USERNAME, "$1…");
}

class SessionsBehavior extends Behavior {
	onInside(text, { sessions }) {
		text.string = sessions.length ? sessions.map(shorten).join("\n") : "none";
	}
}

class LogBehavior extends Behavior {
	onCreate() {
		this.lines = [];
	}
	onLog(text, line) {
		this.lines = [...this.lines, shorten(line)].slice(-MAX_LINES);
		text.string = this.lines.join("\n");
	}
}

/** Texts of the rows with these names, which ControlsPane gives to the device's behavior. */
export function insideRows({ pairingsCount, slots, chunkBytes }) {
	return {
		PAIRED: pairingsCount ? `${pairingsCount} controller${pairingsCount > 1 ? "s" : ""}` : "no",
		MEMORY: `${slots} slots, ${chunkBytes} bytes of chunks`,
		CHIP: `about ${kilobytes(slots * SLOT_BYTES_32 + chunkBytes)}`,
	};
}

function Lines(Behavior) {
	return Text({}, { left: 0, right: 0, style: mono, Behavior });
}

export const Inside = Column.template(() => ({
	left: 0,
	right: 0,
	contents: [
		ButtonsRow({
			label: "Button",
			buttons: [
				{ eventDown: "onButtonDown", eventUp: "onButtonUp", label: "Press" },
				{ event: "onButtonHold", label: "Hold 10 s" },
			],
		}),
		ButtonsRow({ label: "Pairings", buttons: [{ event: "onReset", label: "Remove" }] }),
		InfoRow({ label: "Paired", name: "PAIRED", value: "" }),
		InfoRow({ label: "Live memory", name: "MEMORY", value: "" }),
		InfoRow({ label: "On a 32-bit chip", name: "CHIP", value: "" }),
		InfoRow({ label: "Sessions", value: "" }),
		Lines(SessionsBehavior),
		InfoRow({ label: "Log", value: "" }),
		Lines(LogBehavior),
	],
}));
