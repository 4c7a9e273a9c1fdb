/** QR codes as a page or a pane draws them. */

import qrCode from "qrcode";

/** 33 modules a side. */
const MAX_VERSION = 4;

/** The modules of a QR code, a text of 0 and 1 each row. */
export function qrRows(text: string): string[] {
	const code = qrCode({ input: text, maxVersion: MAX_VERSION });
	const modules = new Uint8Array(code as ArrayBuffer);
	const rows: string[] = [];
	for (let y = 0; y < code.size; y++)
		rows.push(modules.subarray(y * code.size, (y + 1) * code.size).join(""));
	return rows;
}
