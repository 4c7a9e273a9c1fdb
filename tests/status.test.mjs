/** The status page: off unless asked for, live in a browser, read-only, and silent about the setup code once paired. */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, canRun } from "../host/desktop/scripts/build.mjs";
import { filesBelow } from "../host/desktop/scripts/javascript.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";
import { xsSources } from "../host/desktop/scripts/xs-sources.mjs";
import { CODE, ON, withAccessory } from "./interop/accessory.mjs";
import { Browser, chromium } from "./interop/browser.mjs";

const skip = chromium ? false : "Chromium is not installed";
const OPTIONS = { parameters: ["--no-discovery", "--status", "0"] };
const visible = (id) => `document.getElementById("${id}").offsetParent !== null`;
const shown = (id) => `document.getElementById("${id}").innerText`;

/** Resolves with { status, text }; a stream is cut after its first event. */
function ask(url, { method = "GET", path = "/", headers = {} } = {}) {
	return new Promise((resolve, reject) => {
		const asked = request(new URL(path, url), { method, headers }, (answer) => {
			let text = "";
			const done = () => resolve({ status: answer.statusCode, headers: answer.headers, text });
			answer.setEncoding("utf8").on("end", done).on("data", (piece) => {
				text += piece;
				if (path === "/events" && /data: .*\n\n/.test(text)) {
					done();
					asked.destroy();
				}
			});
		});
		asked.on("error", reject);
		asked.end();
	});
}

async function withPage(body) {
	await withAccessory(async (accessory) => {
		const url = accessory.output.match(/status page: (\S+)/)[1];
		await body(accessory, url);
	}, OPTIONS);
}

test(
	"an accessory that is not paired shows its code and its picture; a press is seen at once",
	{ skip },
	() =>
		withPage(async (accessory, url) => {
			const browser = await Browser.open(url);
			try {
				await browser.until(`${shown("code")} === "${CODE}" && ${visible("qr")}`);
				await browser.until(`${shown("values")}.includes("off")`);
				accessory.press(" ");
				await browser.until(`${shown("values")}.includes("on") && ${shown("events")}.includes("${ON} is true")`);
				await browser.until(`${shown("log")}.includes("switched on by hand")`);
				if (process.env.SCREENSHOT)
					writeFileSync(process.env.SCREENSHOT, await browser.screenshot());
			}
			finally {
				await browser.close();
			}
		}),
);

test("once paired the page has no secret, and shows who is there", { skip }, () =>
	withPage(async (accessory, url) => {
		const browser = await Browser.open(url);
		try {
			await browser.until(visible("label"));
			const client = await accessory.paired();
			await browser.until(`!(${visible("label")}) && ${shown("state")} === "paired with 1"`);
			await client.subscribeCharacteristics([ON]);
			await browser.until(`${shown("sessions")}.includes("1 subscribed")`);
			await client.close();
			assert.ok(!(await browser.evaluate("document.documentElement.outerHTML")).includes(CODE));
		}
		finally {
			await browser.close();
		}
		for (const path of ["/", "/events"]) {
			const { text } = await ask(url, { path });
			assert.ok(!text.includes(CODE) && !text.includes("X-HM:"), path);
		}
	}));

test("it is read-only, and for pages of its own alone", () =>
	withPage(async (_accessory, url) => {
		const { host } = new URL(url);
		for (
			const [what, asked, status] of [
				["the page", {}, 200],
				["its events", { path: "/events" }, 200],
				["the page for itself", { headers: { origin: `http://${host}` } }, 200],
				["another path", { path: "/state" }, 404],
				["a write", { method: "POST" }, 405],
				["a write of another origin", { method: "POST", headers: { origin: "http://example.org" } }, 403],
				["another origin", { path: "/events", headers: { origin: "http://example.org" } }, 403],
				["a name that points here", { headers: { host: "example.org" } }, 403],
			]
		)
			assert.strictEqual((await ask(url, asked)).status, status, what);
		assert.strictEqual((await ask(url)).headers["access-control-allow-origin"], undefined);
	}));

test("without --host it serves this computer alone", () =>
	withAccessory(async (accessory) => {
		assert.match(accessory.output, /status page: http:\/\/127\.0\.0\.1:/);
	}, { ...OPTIONS, host: null }));

test("a port that is no port is refused", () => {
	const run = spawnSync(process.execPath, ["host/desktop/scripts/start.mjs", "--status", "many"], { cwd: root, encoding: "utf8" });
	assert.match(run.stderr, /--status many is no port number/);
	assert.strictEqual(run.status, 1);
});

test("where it is off it is nowhere: not among the host's modules, not in an image's manifest", () => {
	const { modules } = build();
	const list = readFileSync(modules, "utf8");
	assert.ok(!list.includes("status/status-page"));
	assert.ok(!list.includes("js/status/"));
	const manifests = ["manifest.json", "modules/manifest.json", ...filesBelow(join(root, "targets"), "manifest.json")];
	for (const path of manifests)
		assert.ok(!readFileSync(join(root, path.replace(`${root}/`, "")), "utf8").includes("status/"), path);
	assert.ok(readFileSync(build({ status: true }).modules, "utf8").includes("status/status-page"));
});

/** A copy of the tree in which the page was never written: no folder, no door to it, no word of it in the target. */
function copyWithoutPage(folder) {
	for (const name of ["modules", "host", "targets", "scripts", "examples", "package.json", "tsconfig.json"])
		cpSync(join(root, name), join(folder, name), { recursive: true });
	symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
	rmSync(join(folder, "targets/desktop/status.ts"));
	const target = join(folder, "targets/desktop/target.ts");
	writeFileSync(target, readFileSync(target, "utf8").split("\n").filter((line) => !/status/i.test(line)).join("\n"));
}

/** Slots and bytes of chunks at rest, after a collection, of the host with these modules. */
function atRest([program, ...parameters], modules) {
	const state = mkdtempSync(join(tmpdir(), "hap-xs-rest-"));
	const words = ["0", "127.0.0.1", state, CODE, "", "off", "last", "plain", "", ""];
	const { stdout } = spawnSync(program, [...parameters, modules, "--", ...words], { encoding: "utf8", input: "sq" });
	rmSync(state, { recursive: true });
	return stdout.match(/\d+ slots of \d+, chunks \d+/)[0];
}

for (const bits of [32, 64])
	test(`where it is off it takes no memory: a ${bits}-bit machine rests as if it had never been written`, {
		skip: !canRun(bits) && `no ${bits}-bit program runs here`,
	}, async () => {
		const { command, modules, provider } = build({ bits });
		const folder = mkdtempSync(join(tmpdir(), "hap-xs-never-"));
		try {
			copyWithoutPage(folder);
			const { buildJavaScript } = await import(pathToFileURL(join(folder, "host/desktop/scripts/javascript.mjs")));
			const never = buildJavaScript(xsSources(), provider, {});
			assert.ok(!readFileSync(never.path, "utf8").includes("status\t"));
			assert.strictEqual(atRest(command, modules), atRest(command, never.path));
		}
		finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
