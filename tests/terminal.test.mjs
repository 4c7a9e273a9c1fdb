/** What npm start shows: to a person at a terminal, to a file, to a program. */

import assert from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../host/desktop/scripts/paths.mjs";
import { CODE, withAccessory } from "./interop/accessory.mjs";

const has = (program, parameters) => !spawnSync(program, parameters).error;
const noScanner = has("zbarimg", ["--version"]) ? false : "zbarimg is not installed (Debian: zbar-tools)";
const noTerminal = process.platform === "linux" && has("script", ["--version"]) ? false : "no script(1) of util-linux";

const PIXELS = 8; // a module
const QR_LINE = /^ {2}[ █▀▄]{20,}$/;
const ESCAPE = "\x1b";

/** A picture (PBM, 1 is black) of half blocks, light on a dark terminal. */
function picture(lines) {
	const rows = lines.flatMap((line) => {
		const cells = [...line];
		return ["▀█", "▄█"].map((lit) => cells.map((cell) => (lit.includes(cell) ? "0" : "1").repeat(PIXELS)).join(""));
	});
	const pixels = rows.flatMap((row) => Array.from({ length: PIXELS }, () => row));
	return `P1\n${pixels[0].length} ${pixels.length}\n${pixels.map((row) => row.replace(/.{64}/g, "$&\n")).join("\n")}\n`;
}

function scan(lines) {
	const folder = mkdtempSync(join(tmpdir(), "hap-xs-qr-"));
	try {
		const path = join(folder, "screen.pbm");
		writeFileSync(path, picture(lines));
		return spawnSync("zbarimg", ["--quiet", "--raw", path], { encoding: "utf8" }).stdout.trim();
	}
	finally {
		rmSync(folder, { recursive: true });
	}
}

/** What a person sees of a start at a terminal with so many columns, up to "ready". */
async function screen(width, environment = {}) {
	const state = mkdtempSync(join(tmpdir(), "hap-xs-screen-"));
	const start = `exec ${process.execPath} host/desktop/scripts/start.mjs --host 127.0.0.1 --no-discovery --code ${CODE} --state ${state}`;
	const { NO_COLOR: _, ...env } = process.env;
	const child = spawn("script", ["-qec", `stty cols ${width}; ${start}`, "/dev/null"], {
		cwd: root,
		env: { ...env, TERM: "xterm", ...environment },
		stdio: ["pipe", "pipe", "inherit"],
	});
	let text = "";
	for await (const piece of child.stdout.setEncoding("utf8")) {
		text += piece;
		if (/ready/.test(text))
			child.stdin.write("q");
	}
	rmSync(state, { recursive: true, force: true });
	return text.replaceAll("\r", "");
}

test("a scanner reads the payload from a picture of the code", { skip: noScanner }, () =>
	withAccessory(async (accessory) => {
		await accessory.line(/^ready$/);
		const payload = accessory.output.match(/payload +(X-HM:\S+)/)[1];
		assert.strictEqual(scan(accessory.output.split("\n").filter((line) => QR_LINE.test(line))), payload);
	}));

test("into a pipe go no colours", () =>
	withAccessory(async (accessory) => {
		await accessory.line(/^ready$/);
		assert.ok(!accessory.output.includes(ESCAPE));
	}));

test("a terminal has colours, and NO_COLOR takes them away", { skip: noTerminal }, async () => {
	assert.ok((await screen(100)).includes(`${ESCAPE}[1m${CODE}`));
	assert.ok(!(await screen(100, { NO_COLOR: "1" })).includes(ESCAPE));
});

test("a terminal too narrow for the code gets the setup code and the payload", { skip: noTerminal }, async () => {
	const wide = await screen(60, { NO_COLOR: "1" });
	const narrow = await screen(30, { NO_COLOR: "1" });
	assert.ok(wide.split("\n").some((line) => QR_LINE.test(line)));
	assert.ok(!/[█▀▄]/.test(narrow));
	assert.match(narrow, new RegExp(`setup code +${CODE}`));
	assert.match(narrow, /payload +X-HM:/);
});

test("--json: every line is an object; the label has the code only while nobody is paired", () =>
	withAccessory(async (accessory) => {
		const { label } = accessory;
		assert.strictEqual(label.setupCode, CODE);
		assert.match(label.setupPayload, /^X-HM:/);
		await (await accessory.paired()).close();
		accessory.press("s");
		const { inside } = JSON.parse(await accessory.line(/"inside"/));
		assert.ok(inside.heap.slots > 0);
		for (const line of accessory.output.trim().split("\n"))
			assert.strictEqual(typeof JSON.parse(line), "object", line);
		await accessory.stop();
		await accessory.start();
		assert.strictEqual(accessory.label.pairings, 1);
		assert.strictEqual(accessory.label.setupCode, undefined);
	}, { parameters: ["--no-discovery", "--json"] }));
