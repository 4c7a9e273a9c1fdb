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
	No = 110,
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
		print(`paired with ${firmware.pairingsCount} controller${firmware.pairingsCount === 1 ? "" : "s"}`);
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

function press(pin: number): void {
	drivePin(pin, 0);
	Timer.set(() => drivePin(pin, 1), PRESS_MS);
}

function quit(firmware: Firmware): void {
	firmware.stop();
	Timer.set(() => exit(0), GOODBYE_MS);
}

export function startConsole(firmware: Firmware, buttonPin: number, host: string | undefined): void {
	print(`listening on ${host ?? "all interfaces"} port ${firmware.port}`);
	printLabel(firmware);
	let isAsking = false;
	const onKey = (code: number) => {
		if (isAsking) {
			isAsking = false;
			print(code === Key.Y ? "resetting" : "not reset");
			if (code === Key.Y)
				firmware.reset();
			return;
		}
		switch (code) {
			case Key.Space:
				press(buttonPin);
				break;
			case Key.R:
				isAsking = true;
				print("reset: all pairings are removed. y to go on, any other key to leave it");
				break;
			case Key.S:
				printInside(firmware);
				break;
			case Key.Q:
			case Key.EndOfText:
				quit(firmware);
				break;
			default:
				break;
		}
	};
	watchSignals(() => quit(firmware));
	if (watchKeys(onKey))
		print("space presses the button, r resets, s shows sessions and memory, q quits");
	print("ready");
}
