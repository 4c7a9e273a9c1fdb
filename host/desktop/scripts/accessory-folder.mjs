/** An accessory of one's own: a folder with a manifest as mcconfig takes it, wherever it lies. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { BuildError, buildFolder, root } from "./paths.mjs";
import { runTypeScript } from "./tools.mjs";

const SUFFIXES = [".ts", ".js"];
const list = (value) => (value === undefined ? [] : [value].flat());

function readManifest(folder) {
	const path = join(folder, "manifest.json");
	if (!existsSync(path))
		throw new BuildError(`there is no ${path}: an accessory is a folder with a manifest, as docs/examples.md has it`);
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	}
	catch (error) {
		throw new BuildError(`${path}: ${error.message}`);
	}
}

/** Names of the modules that one source of a manifest stands for, none where its folder has no such file. */
function namesOf(source) {
	if (basename(source) !== "*")
		return [basename(source)];
	const found = readdirSync(dirname(source)).filter((name) => /\.[tj]s$/.test(name) && !name.endsWith(".d.ts"));
	return found.map((name) => name.slice(0, -3));
}

/** [{ specifier, source }] of a manifest's modules that are files of its own, not of the SDK. */
function modulesOf(folder, manifest) {
	const entries = Object.entries(manifest.modules ?? {}).flatMap(([key, value]) => list(value).map((source) => [key, source]));
	const own = entries.filter(([, source]) => typeof source === "string" && source.startsWith("."));
	return own.flatMap(([key, source]) =>
		namesOf(join(folder, source)).flatMap((name) => {
			const path = join(dirname(join(folder, source)), name);
			const suffix = SUFFIXES.find((each) => existsSync(path + each));
			return suffix ? [{ specifier: key.replace("*", name), source: path + suffix }] : [];
		})
	);
}

/** The compiler's JavaScript lies below `out` as the source does below the root of the file system. */
function compileInto(out, sources) {
	const config = {
		extends: join(root, "tsconfig.accessory.json"),
		compilerOptions: { noEmit: false, noEmitOnError: true, outDir: out },
		include: sources,
	};
	mkdirSync(out, { recursive: true });
	const path = join(out, "tsconfig.json");
	writeFileSync(path, JSON.stringify(config));
	const run = runTypeScript(["-p", path], { encoding: "utf8" });
	if (run.status !== 0)
		throw new BuildError(`TypeScript does not compile\n${run.stdout ?? run.error.message}`);
}

/** A name for files of the build, of this folder alone. */
export function nameOf(folder) {
	return `${basename(folder)}-${createHash("sha256").update(folder).digest("hex").slice(0, 8)}`;
}

/** Compiles it. Answers { main, modules: [{ specifier, file, isPreloaded }] }. */
export function buildAccessory(folder) {
	const manifest = readManifest(folder);
	const main = manifest.creation?.main ?? "main";
	const found = modulesOf(folder, manifest);
	if (!found.some(({ specifier }) => specifier === main))
		throw new BuildError(`${join(folder, "manifest.json")} maps no module "${main}"`);
	const out = join(buildFolder, "accessories", nameOf(folder));
	const isTypeScript = ({ source }) => source.endsWith(".ts");
	compileInto(out, found.filter(isTypeScript).map(({ source }) => source));
	const preloaded = list(manifest.preload);
	const modules = found.map(({ specifier, source }) => ({
		specifier,
		file: isTypeScript({ source }) ? join(out, `${relative("/", source).slice(0, -3)}.js`) : source,
		isPreloaded: preloaded.includes(specifier),
	}));
	return { main, modules };
}
