/** TypeScript to the JavaScript that XS loads, and the list of modules by specifier. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { buildAccessory, nameOf } from "./accessory-folder.mjs";
import { BuildError, buildFolder, hostFolder, root, writeIfChanged } from "./paths.mjs";
import { runTypeScript } from "./tools.mjs";

const compiled = join(buildFolder, "js");
const stamp = join(buildFolder, "js.stamp");

/** `{ return native("xs_f").call(this, a, b); }` becomes `@ "xs_f"`, the host function itself; lines stay where they are. */
const NATIVE = /\{(\s*)(?:return )?native\("(\w+)"\)\.call\(this(?:, [^()]*)?\);(\s*)\}/g;

function bindNatives(source) {
	return source.replace(NATIVE, (_, before, name, after) => `@ "${name}";${(before + after).replace(/[^\n]/g, "")}`);
}

export function filesBelow(folder, endsWith) {
	if (!existsSync(folder))
		return [];
	return readdirSync(folder, { recursive: true })
		.map((name) => join(folder, name))
		.filter((path) => path.endsWith(endsWith) && statSync(path).isFile())
		.sort();
}

function sourcesChanged() {
	if (!existsSync(stamp))
		return true;
	const then = statSync(stamp).mtimeMs;
	const sources = ["modules", "host", "targets", "examples", "status", "tests"].flatMap((folder) => filesBelow(join(root, folder), ".ts"));
	return [...sources, join(root, "tsconfig.json")].some((path) => statSync(path).mtimeMs > then);
}

function compile() {
	if (!sourcesChanged())
		return;
	const run = runTypeScript(["--sourceMap", "--noEmitOnError"], { cwd: root, encoding: "utf8" });
	if (run.error)
		throw new BuildError("the dependencies are missing: run npm install first");
	if (run.status !== 0)
		throw new BuildError(`TypeScript does not compile\n${run.stdout}`);
	for (const path of filesBelow(compiled, ".js")) {
		if (!existsSync(join(root, `${relative(compiled, path).slice(0, -3)}.ts`))) {
			rmSync(path); // of a source that was renamed
			continue;
		}
		const source = readFileSync(path, "utf8");
		const bound = bindNatives(source);
		if (bound !== source)
			writeFileSync(path, bound);
	}
	writeFileSync(stamp, "");
}

/** tweetnacl is CommonJS: its file runs as the body of a module. */
function wrapTweetnacl() {
	const path = join(buildFolder, "js/tweetnacl.js");
	const source = readFileSync(join(root, "node_modules/tweetnacl/nacl-fast.js"), "utf8");
	mkdirSync(dirname(path), { recursive: true });
	writeIfChanged(path, `const self = {};${source}\nexport default Object.freeze(self.nacl, true);\n`);
	return path;
}

const IO = {
	"embedded:io/digital": "digital",
	"embedded:io/pwm": "pwm",
	"embedded:io/socket/listener": "listener",
	"embedded:io/socket/tcp": "tcp",
	"embedded:io/socket/udp": "udp",
	"embedded:storage/key-value": "key-value",
	"host:crash": "crash",
	"host:pins": "pins",
	"host:process": "process",
	time: "time",
	timer: "timer",
};

/** The linker's alone: tests declare when they run. */
const LOCKDOWN = join(compiled, "modules/lockdown/");

/** The library's front door has the library's name alone. */
function specifierOf(path) {
	return path === "hap/hap" ? "hap" : path;
}

function moduleList(xs, provider, { variant, status, own }) {
	const list = [];
	const add = (specifier, file, isPreloaded = true) => list.push({ specifier, file, isPreloaded });
	for (const [specifier, name] of Object.entries(IO))
		add(specifier, join(hostFolder, "io", `${name}.js`));
	if (variant === "fuzz")
		add("host:fuzz", join(hostFolder, "fuzz/fuzz.js"));
	add("base64", join(xs, "modules/data/base64/base64.js"));
	add("qrcode", join(xs, "modules/data/qrcode/qrcode.js"));
	add("tweetnacl", wrapTweetnacl());
	const below = (folder, prefix, isPreloaded) => {
		for (const file of filesBelow(join(compiled, folder), ".js").filter((path) => !path.startsWith(LOCKDOWN)))
			add(specifierOf(prefix + relative(join(compiled, folder), file).slice(0, -3)), file, isPreloaded);
	};
	below("modules", "hap/", true);
	below("targets/desktop", "target/", true);
	below("host", "host/", true);
	below("tests", "tests/", false);
	for (const file of variant === "fuzz" ? [] : filesBelow(join(compiled, "tests/fuzz/support"), "plain-fuzzer.js"))
		add("host:fuzz", file, false);
	if (status) {
		below("status", "status/", true);
		list.find(({ specifier }) => specifier === "target/status").file = join(compiled, "status/desktop.js");
	}
	list.push(...own);
	add("hap/crypto/provider", join(compiled, `modules/crypto/${provider}.js`));
	return list.filter(({ specifier }) => provider === "native" || specifier !== "hap/crypto/native");
}

/** Compiles, and writes the list that the host reads. Answers { path, modules, main }. */
export function buildJavaScript(xs, provider, { variant, folder, status }) {
	compile();
	const { main, modules: own } = folder === undefined ? { modules: [] } : buildAccessory(folder);
	const modules = moduleList(xs, provider, { variant, status, own });
	const path = join(
		buildFolder,
		`modules-${[provider, variant === "fuzz" && variant, folder && nameOf(folder), status && "status"].filter(Boolean).join("-")}.txt`,
	);
	writeIfChanged(path, modules.map(({ specifier, file, isPreloaded }) => `${isPreloaded ? "+" : ""}${specifier}\t${file}\n`).join(""));
	return { path, modules, main };
}
