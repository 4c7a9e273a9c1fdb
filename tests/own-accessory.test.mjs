/**
 * An accessory of one's own, outside this repository, takes the library as README.md says: from a folder beside it, from npm's
 * node_modules, from git. Images are the Moddable SDK's.
 */

import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "../host/desktop/scripts/build.mjs";
import { buildFolder, root } from "../host/desktop/scripts/paths.mjs";
import { sdkEnvironment } from "../scripts/sdk.mjs";
import { buildSimulator, whyNoSimulator } from "../targets/sim/scripts/build.mjs";
import { whyNotHeadless } from "../targets/sim/scripts/display.mjs";
import { withAccessory } from "./interop/accessory.mjs";

/** HAP R2's types, as hap-controller shows them. */
const OUTLET = "00000047-0000-1000-8000-0026BB765291";
const ON = "00000025-0000-1000-8000-0026BB765291";
const noSdk = whyNoSimulator() ?? false;
/** npm's words for a computer without a network, and without what it would ask for. */
const NO_NETWORK = /EAI_AGAIN|ENOTFOUND|ENETUNREACH|ECONNREFUSED|ENOTCACHED|ETIMEDOUT/;

/** Of README.md, so that what it tells is what was run. */
function sourceOfReadme() {
	const [source] = readFileSync(join(root, "README.md"), "utf8").match(/(?<=```ts\n).*?(?=```)/s);
	return source;
}

const home = mkdtempSync(join(tmpdir(), "hap-xs-own-"));
after(() => rmSync(home, { recursive: true, force: true }));

/** Makes a folder with an accessory that includes the library so. */
function writeAccessory(path, include) {
	const folder = join(home, path);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "main.ts"), sourceOfReadme());
	writeFileSync(join(folder, "manifest.json"), JSON.stringify({ include, modules: { "*": "./main" }, preload: "main" }));
	return folder;
}

/** Pairs and switches. `start` answers the parameters of node for those of npm start. */
function switches(start, ...parameters) {
	return withAccessory(async (accessory) => {
		const client = await accessory.paired();
		const { accessories: [{ services }] } = await client.getAccessories();
		const { iid } = services.find(({ type }) => type === OUTLET).characteristics.find(({ type }) => type === ON);
		await client.setCharacteristics({ [`1.${iid}`]: true });
		const { characteristics: [{ value }] } = await client.getCharacteristics([`1.${iid}`]);
		assert.strictEqual(Boolean(value), true);
		await client.close();
	}, { starter: (options) => [...start, ...options], parameters: ["--no-discovery", ...parameters] });
}

/** All of an image's JavaScript, compiled, checked and linked as for mcsim; its C is not. */
function linkImage(folder, name, crypto) {
	const out = join(home, `out-${name}`);
	mkdirSync(out);
	const file = join(out, "tmp/lin/mc/release", name, "mc.xs.c");
	const environment = { ...sdkEnvironment(), HAP_XS_CRYPTO: crypto };
	const path = [join(root, "node_modules/.bin"), environment.PATH].join(":"); // tsc, which the SDK wants to be installed
	const options = { cwd: folder, env: { ...environment, PATH: path }, encoding: "utf8", maxBuffer: 1 << 26 };
	const { status, stdout, stderr } = spawnSync("mcconfig", ["-m", "-p", "sim", "-o", out, "-t", file], options);
	assert.strictEqual(status, 0, stdout + stderr);
	assert.ok(existsSync(file));
}

const desktop = [join(root, "host/desktop/scripts/start.mjs")];

test("from a folder beside it, on this computer", () => {
	const folder = writeAccessory("sibling", "../hap-xs/modules/manifest.json");
	return switches(desktop, "--accessory", folder);
});

test("from a folder beside it, in mcsim", { skip: noSdk || whyNotHeadless() || false }, () => {
	symlinkSync(root, join(home, "hap-xs"));
	const folder = writeAccessory("sibling", "../hap-xs/modules/manifest.json");
	buildSimulator({ folder });
	process.env.HAP_XS_SIM_BUILT = "1";
	const start = [join(root, "targets/sim/scripts/start.mjs"), "--headless"];
	return switches(start, "--accessory", folder).finally(() => delete process.env.HAP_XS_SIM_BUILT);
});

test("a mistake in it is told with its line", () => {
	const folder = writeAccessory("mistaken", "../hap-xs/modules/manifest.json");
	writeFileSync(join(folder, "main.ts"), sourceOfReadme().replace("relay.write(isOn)", "relay.write(isOff)"));
	const { status, stderr } = spawnSync(process.execPath, [...desktop, "--accessory", folder], { encoding: "utf8" });
	assert.match(stderr, /main\.ts.*isOff/);
	assert.strictEqual(status, 1);
});

for (
	const [what, files, message] of [
		["has no manifest", {}, "there is no "],
		["has a manifest that is no JSON", { "manifest.json": "{" }, "manifest.json: "],
		["maps no main", { "manifest.json": "{}" }, 'maps no module "main"'],
	]
)
	test(`a folder that ${what} is refused in one sentence`, () => {
		const folder = mkdtempSync(join(home, "refused-"));
		for (const [name, text] of Object.entries(files))
			writeFileSync(join(folder, name), text);
		const { status, stderr } = spawnSync(process.execPath, [...desktop, "--accessory", folder], { encoding: "utf8" });
		assert.match(stderr, /hap-xs: [^\n]+\n$/);
		assert.ok(stderr.includes(message), stderr);
		assert.strictEqual(status, 1);
	});

/** Why npm cannot install here, or undefined. */
let whyNotInstalled;
const project = join(home, "project");
const installed = join(project, "node_modules/hap-xs");

before(() => {
	const npm = (...parameters) => spawnSync("npm", parameters, { cwd: project, encoding: "utf8" });
	mkdirSync(project);
	writeFileSync(join(project, "package.json"), "{}");
	const packed = spawnSync("npm", ["pack", "--pack-destination", project], { cwd: root, encoding: "utf8" });
	assert.strictEqual(packed.status, 0, packed.stderr);
	const [name] = readdirSync(project).filter((each) => each.endsWith(".tgz"));
	const { status, stderr } = npm("install", "--prefer-offline", "--no-audit", "--no-fund", `./${name}`);
	if (status !== 0 && NO_NETWORK.test(stderr))
		whyNotInstalled = "npm has no network here to install from";
	else
		assert.strictEqual(status, 0, stderr);
});

test("from node_modules, on this computer", (t) => {
	if (whyNotInstalled)
		return t.skip(whyNotInstalled);
	build();
	cpSync(join(buildFolder, "xs"), join(installed, "build/xs"), { recursive: true }); // else the engine's sources come over the network again
	const folder = writeAccessory("project/outlet", "../node_modules/hap-xs/modules/manifest.json");
	writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "hap-xs/tsconfig.accessory.json", include: ["*.ts"] }));
	const checked = spawnSync(process.execPath, [join(project, "node_modules/.bin/tsc")], { cwd: folder, encoding: "utf8" });
	assert.strictEqual(checked.status, 0, checked.stdout);
	const built = spawnSync(process.execPath, [join(installed, "host/desktop/scripts/build.mjs")], { encoding: "utf8" }); // takes what it takes
	assert.strictEqual(built.status, 0, built.stderr);
	return switches([join(project, "node_modules/.bin/hap-xs")], "--accessory", folder);
});

test("from node_modules, an image with tweetnacl", { skip: noSdk }, (t) => {
	if (whyNotInstalled)
		return t.skip(whyNotInstalled);
	return linkImage(writeAccessory("project/outlet", "../node_modules/hap-xs/modules/manifest.json"), "outlet", "portable");
});

test("from git, an image with libsodium", { skip: noSdk || !existsSync(join(root, ".git")) }, () => {
	const git = pathToFileURL(root).href;
	return linkImage(writeAccessory("from-git", [{ git, manifest: "modules/manifest.json" }]), "from-git", "native");
});
