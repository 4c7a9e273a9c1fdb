/** The terminal as the accessory's case: the label with code and QR, the button, the light, a look inside. */

import { drivePin } from "host:pins";
import { collectGarbage, exit, heapCounters, print, watchKeys, watchSignals } from "host:process";
import qrCode from "qrcode";
import Timer from "timer";
import { providerName } from "hap/crypto/crypto";
import type { Firmware } from "host/firmware";

const PRESS_MS = 80;
const GOODBYE_MS = 50;

const enum Key {
	Space = 32,
	EndOfText = 3, // control-C, where the terminal does not make a signal of it
	Q = 113,
	R = 114,
	S = 115,
	Y = 121,
}

/** Two modules a line, dark on light whatever the terminal's colours are, with the quiet zone that ISO/IEC 18004 asks for. */
function qrLines(text: string): string[] {
	const code = qrCode({ input: text, maxVersion: 4 });
	const modules = new Uint8Array(code as ArrayBuffer);
	const size = code.size;
	const isDark = (x: number, y: number) => x >= 0 && y >= 0 && x < size && y < size && modules[y * size + x] !== 0;
	const lines: string[] = [];
	for (let y = -4; y < size + 4; y += 2) {
		let line = "";
		for (let x = -4; x < size + 4; x++)
			line += isDark(x, y) ? (isDark(x, y + 1) ? " " : "▄") : isDark(x, y + 1) ? "▀" : "█";
		lines.push(line);
	}
	return lines;
}

function printLabel(firmware: Firmware): void {
	print(`device id ${firmware.deviceId}`);
	print(`crypto: ${providerName}`);
	if (firmware.isPaired) {
		print(`paired with ${firmware.pairings.count} controller${firmware.pairings.count === 1 ? "" : "s"}`);
		return;
	}
	print("");
	for (const line of qrLines(firmware.setupPayload))
		print(`  ${line}`);
	print("");
	print(`  setup code  ${firmware.setupCode}`);
	print(`  payload     ${firmware.setupPayload}`);
	print("");
}

function printInside(firmware: Firmware): void {
	collectGarbage();
	const heap = heapCounters();
	const slotBytes = heap.slots * heap.slotBytes;
	for (const line of firmware.describeSessions())
		print(line);
	print(
		`heap: ${slotBytes + heap.chunkBytes} bytes live (${heap.slots} slots of ${heap.slotBytes}, chunks ${heap.chunkBytes}), `
			+ `stack ${heap.stackSlotsPeak * heap.slotBytes} at most, tables ${heap.tableBytes}, `
			+ `never used ${heap.blockFree} of ${heap.blockBytes}`,
	);
}

/** What is there for a person: keys are the button, signals the power switch. */
export class Console {
	readonly #firmware: Firmware;
	readonly #buttonPin: number;
	#isAsking = false;

	constructor(firmware: Firmware, buttonPin: number, host: string | undefined) {
		this.#firmware = firmware;
		this.#buttonPin = buttonPin;
		print(`listening on ${host ?? "all interfaces"} port ${firmware.port}`);
		printLabel(firmware);
		watchSignals(() => this.quit());
		if (watchKeys((code) => this.onKey(code)))
			print("space presses the button, r resets, s shows sessions and memory, q quits");
		print("ready");
	}

	private onKey(code: number): void {
		if (this.#isAsking) {
			this.onAnswer(code === Key.Y);
			return;
		}
		switch (code) {
			case Key.Space:
				this.press();
				break;
			case Key.R:
				this.#isAsking = true;
				print("reset: all pairings are removed. y to go on, any other key to leave it");
				break;
			case Key.S:
				printInside(this.#firmware);
				break;
			case Key.Q:
			case Key.EndOfText:
				this.quit();
				break;
			default:
				break;
		}
	}

	private onAnswer(isYes: boolean): void {
		this.#isAsking = false;
		print(isYes ? "resetting" : "not reset");
		if (isYes)
			this.#firmware.reset();
	}

	private press(): void {
		drivePin(this.#buttonPin, 0);
		Timer.set(() => drivePin(this.#buttonPin, 1), PRESS_MS);
	}

	private quit(): void {
		this.#firmware.stop();
		Timer.set(() => exit(0), GOODBYE_MS);
	}
}
