/** What README.md and the pages of docs/ name is there: files, commands, their options, names of the code. */

import assert from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { filesBelow } from "../host/desktop/scripts/javascript.mjs";
import { root } from "../host/desktop/scripts/paths.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
/** docs/spec-map.md has a test of its own. */
const PAGES = [
	"README.md",
	"CHANGELOG.md",
	"targets/README.md",
	"bench/README.md",
	...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "spec-map.md").map((name) => `docs/${name}`),
];
/** What a path of a page may be below. */
const FOLDERS = [
	"",
	"modules",
	"tests",
	"tests/unit",
	"host",
	"host/desktop",
	"host/posix",
	"host/desktop/io",
	"targets",
	"docs",
	"scripts",
];
const SOURCES = ["modules", "host", "targets", "examples", "status", "tests", "scripts", "bench"];

const { scripts } = JSON.parse(read("package.json"));
const SUFFIX = /\.(ts|mjs|js|c|h|json|md|txt|sh|svg)$/;
/** Made by commands. */
const MADE = /^(build|node_modules|\.state|~|\/)/;
/** The SDK's, the engine's, other controllers' and servers', and a reader's own. */
const FOREIGN = new Set([
	"../esp32/manifest-base.json",
	"../esp32c3/manifest-chip.json",
	"bodyParser",
	"fxSweepValue",
	"modules/io/socket/lwip/tcp.c",
	"t/",
	"targets/my-board/manifest.json",
	"TypedArray.indexOf",
	"u/",
	"unsubscribeCharacteristics",
	"xs/sources",
]);

/** Words in code: between back ticks, and lines of blocks. */
function codeOf(text) {
	const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, block]) => block);
	const rest = text.replace(/^```.*?^```/gms, "");
	return { lines: blocks.flatMap((block) => block.split("\n")), spans: [...rest.matchAll(/`([^`]+)`/g)].map(([, span]) => span) };
}

const isThere = (path, page) =>
	FOLDERS.some((folder) => existsSync(join(root, folder, path))) || existsSync(join(root, dirname(page), path));

function anchorsOf(path) {
	const headings = read(path).match(/^#+ .*$/gm) ?? [];
	return headings.map((line) => line.replace(/^#+ /, "").toLowerCase().replace(/[^\w\- ]/g, "").replace(/ /g, "-"));
}

const sourceText =
	SOURCES.flatMap((folder) => ["ts", "mjs", "js", "c", "h", "json"].flatMap((kind) => filesBelow(join(root, folder), `.${kind}`)))
		.map((path) => readFileSync(path, "utf8")).join("\n") + read("manifest.json") + read("package.json");
const words = new Set(sourceText.match(/\w+/g));

for (const page of PAGES) {
	const text = read(page);
	const { lines, spans } = codeOf(text);
	const commands = [...lines, ...spans];

	test(`${page}: its links lead somewhere`, () => {
		for (const [, target] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
			const [path, anchor] = target.split("#");
			const file = path ? relative(root, join(root, dirname(page), path)) : page;
			assert.ok(existsSync(join(root, file)), target);
			assert.ok(!anchor || anchorsOf(file).includes(anchor), `${target}: no such heading`);
		}
	});

	test(`${page}: its files are there`, () => {
		const paths = spans.filter((span) => /^[\w./-]+$/.test(span) && span.includes("/") && (SUFFIX.test(span) || span.endsWith("/")));
		assert.deepStrictEqual(paths.filter((path) => !MADE.test(path) && !FOREIGN.has(path) && !isThere(path, page)), []);
	});

	test(`${page}: its tests are there`, () => {
		const tests = [...text.matchAll(/(?<![\w/])([ut])\/([\w-]+)/g)].map(([, kind, name]) =>
			kind === "u" ? `tests/unit/${name}.test.ts` : `tests/${name}.test.mjs`
		);
		assert.deepStrictEqual(page === "docs/limits.md" ? tests.filter((path) => !existsSync(join(root, path))) : [], []);
	});

	test(`${page}: its commands are there, with their options`, () => {
		for (const command of commands) {
			for (const [, name] of command.matchAll(/npm run ([\w-]+)/g))
				assert.ok(scripts[name], command);
			for (const [, path] of command.matchAll(/\bnode ((?:\.\.\/hap-xs\/)?[\w./-]+\.mjs)/g))
				assert.ok(isThere(path.replace("../hap-xs/", ""), page), command);
			const [, name, options] = command.match(/npm (?:run )?(start|sim|bench|fuzz|soak|image|size)(?: -- (.*))?/) ?? [];
			const source = name && read(scripts[name].replace("node ", ""));
			for (const [option] of options?.replace(/ #.*/, "").matchAll(/--[a-z-]+/g) ?? [])
				assert.ok(source.includes(option) || read("host/desktop/scripts/options.mjs").includes(option.slice(2)), `${command}: ${option}`);
		}
	});

	test(`${page}: names of the code are in it`, () => {
		const names = spans.filter((span) => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\(\))?$/.test(span) && /[a-z][A-Z]|_[A-Z]/.test(span));
		const missing = names.filter((name) => !FOREIGN.has(name) && !name.replace("()", "").split(".").every((word) => words.has(word)));
		assert.deepStrictEqual(missing, []);
	});
}
