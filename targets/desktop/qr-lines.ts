/** QR codes in a terminal, or on a serial console that shows UTF-8. */

import qrCode from "qrcode";

const QUIET = 4; // modules: ISO/IEC 18004 asks for them on every side

/** Characters of a line of the code, with the quiet zone and its margin. */
export function qrColumns(text: string): number {
	return 2 + qrCode({ input: text, maxVersion: 4 }).size + 2 * QUIET;
}

/** Two rows of modules a line, dark on light whatever the terminal's colours are; handed out one by one, so that a chip holds only one. */
export function printQr(text: string, print: (line: string) => void): void {
	const code = qrCode({ input: text, maxVersion: 4 });
	const modules = new Uint8Array(code as ArrayBuffer);
	const size = code.size;
	const isDark = (x: number, y: number) => x >= 0 && y >= 0 && x < size && y < size && modules[y * size + x] !== 0;
	for (let y = -QUIET; y < size + QUIET; y += 2) {
		let line = "  ";
		for (let x = -QUIET; x < size + QUIET; x++)
			line += isDark(x, y) ? (isDark(x, y + 1) ? " " : "▄") : isDark(x, y + 1) ? "▀" : "█";
		print(line);
	}
}
