/** Chromium without a window, over its debugging pipe: opens a page and evaluates in it. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--remote-debugging-pipe",
	"--window-size=1000,860",
];
const ASK_AGAIN_MS = 100;
const PATIENCE_MS = 20_000;

export const chromium = PROGRAMS.find((program) => spawnSync(program, ["--version"]).status === 0);

export class Browser {
	#number = 0;
	#answers = new Map();
	#folder = mkdtempSync(join(tmpdir(), "hap-xs-browser-"));

	static async open(url) {
		const browser = new Browser();
		const { targetId } = await browser.#call("Target.createTarget", { url });
		const { sessionId } = await browser.#call("Target.attachToTarget", { targetId, flatten: true });
		browser.session = sessionId;
		return browser;
	}

	constructor() {
		const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
		this.child = spawn(chromium, [...FLAGS, `--user-data-dir=${this.#folder}`], { stdio });
		let text = "";
		this.child.stdio[4].setEncoding("utf8").on("data", (piece) => {
			const messages = (text + piece).split("\0");
			text = messages.pop();
			for (const message of messages)
				this.#onMessage(JSON.parse(message));
		});
	}

	#onMessage({ id, result, error }) {
		this.#answers.get(id)?.(result ?? { error });
		this.#answers.delete(id);
	}

	#call(method, params, sessionId) {
		const id = ++this.#number;
		const answer = new Promise((resolve) => this.#answers.set(id, resolve));
		this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
		return answer;
	}

	async evaluate(expression) {
		const params = { expression, awaitPromise: true, returnByValue: true };
		const { result } = await this.#call("Runtime.evaluate", params, this.session);
		return result?.value;
	}

	/** Resolves when the expression is true. */
	async until(expression) {
		for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(ASK_AGAIN_MS))
			if (await this.evaluate(expression))
				return;
		throw new Error(`never true: ${expression}\n${await this.evaluate("document.body?.innerText")}`);
	}

	/** A PNG. */
	async screenshot() {
		const { data } = await this.#call("Page.captureScreenshot", { format: "png" }, this.session);
		return Buffer.from(data, "base64");
	}

	async close() {
		const exited = once(this.child, "exit");
		this.#call("Browser.close", {}); // all of its processes end, and the last of them writes a while
		await exited;
		rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
	}
}
