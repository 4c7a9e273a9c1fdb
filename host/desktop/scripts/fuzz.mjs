/**
 * npm run fuzz: the targets of tests/fuzz, in XS. With clang's libFuzzer, which is told what byte code of ours an input reaches;
 * without it, changed inputs of the corpus. What is found by the way is kept in build/fuzz/corpus, what fails in build/fuzz/failures.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, fuzzerRuntime, sodium } from "./build.mjs";
import { buildNativesTest } from "./natives-test.mjs";
import { BuildError, buildFolder, root, runMain } from "./paths.mjs";

const HELP = `npm run fuzz -- [options] [TARGET …]     all targets, or these
npm run fuzz -- TARGET FILE              one input again

  --runs N        executions of each target (default: 100000)
  --seed N        where chance begins (default: 1)
  --plain         without libFuzzer
  --keep          what was found goes into tests/fuzz/corpus: a few small inputs that reach all of it
`;

const folder = join(root, "tests/fuzz");
const corpusFolder = join(folder, "corpus");
const MOST_BYTES = { frame: 256, "http-parser": 1280 };
const USUAL_MOST_BYTES = 1024;
/** What `--keep` adds to a corpus at most. */
const MOST_KEPT = 200;
const MOST_KEPT_BYTES = 30_000;
const HEAP_BYTES = String(1 << 25);

/** The library's C, without XS and under sanitizers: for libFuzzer alone. */
const NATIVES = "natives";

export const targets = readdirSync(folder)
	.filter((name) => name.endsWith(".ts"))
	.map((name) => name.slice(0, -3))
	.sort();

/** Inputs in hexadecimal, one a line; a line that begins with # says something about them. */
function inputsOf(lines) {
	return lines.filter((line) => line && !line.startsWith("#"));
}

/** Lines of a corpus: those up to the first empty one stay, those behind it `--keep` replaces. */
function corpusLines(target) {
	const path = join(corpusFolder, `${target}.txt`);
	const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
	const end = lines.includes("") ? lines.indexOf("") : lines.length;
	return { staying: lines.slice(0, end), kept: lines.slice(end) };
}

export function readCorpus(target) {
	const { staying, kept } = corpusLines(target);
	return inputsOf([...staying, ...kept]);
}

/** Files of a folder, one an input; answers the folder. */
export function writeInputs(directory, inputs) {
	mkdirSync(directory, { recursive: true });
	for (const hex of inputs)
		writeFileSync(join(directory, createHash("sha1").update(hex).digest("hex")), Buffer.from(hex, "hex"));
	return directory;
}

export function openFuzzer({ isPlain = fuzzerRuntime() === undefined, log = () => {} } = {}) {
	const { command: [program, ...first], modules } = build({ variant: isPlain ? "" : "fuzz", log });
	const parameters = [...first, modules, "--heap", HEAP_BYTES, "--stack", "4096", "--run", "tests/fuzz/support/run", "--"];
	return { isPlain, program, parameters };
}

function run(program, parameters, environment = {}) {
	return new Promise((done) => {
		const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });
		let output = "";
		const hear = (data) => {
			output += data;
		};
		child.stdout.on("data", hear);
		child.stderr.on("data", hear);
		child.on("close", (status) => done({ status, output }));
	});
}

/** What paths of files begin with that keep inputs of this target which failed. */
function failuresOf(target) {
	return join(buildFolder, "fuzz/failures", `${target.replaceAll("/", "-")}-`);
}

function libFuzzerOptions(target, { runs, seed }) {
	const options = [
		`-runs=${runs}`,
		`-seed=${seed}`,
		`-max_len=${MOST_BYTES[target] ?? USUAL_MOST_BYTES}`,
		"-verbosity=0",
		"-print_final_stats=1",
		"-timeout=10",
		`-artifact_prefix=${failuresOf(target)}`,
	];
	const dictionary = join(corpusFolder, `${target}.dict`);
	return existsSync(dictionary) ? [...options, `-dict=${dictionary}`] : options;
}

async function fuzzGuided({ program, parameters }, target, options) {
	const found = options.found ?? join(buildFolder, "fuzz/corpus", target);
	mkdirSync(found, { recursive: true });
	const seeds = writeInputs(join(buildFolder, "fuzz/seeds", target), readCorpus(target));
	const [command, ...first] = target === NATIVES
		? [buildNativesTest({ isFuzzer: true })]
		: [program, ...parameters, `tests/fuzz/${target}`];
	const result = await run(command, [...first, ...libFuzzerOptions(target, options), found, seeds]);
	const failure = result.output.match(/Test unit written to (\S+)/)?.[1];
	const runs = Number(result.output.match(/stat::number_of_executed_units:\s+(\d+)/)?.[1] ?? 0);
	return { ...result, failure, runs };
}

async function fuzzPlain({ program, parameters }, target, { runs, seed }) {
	const own = [runs, seed, MOST_BYTES[target] ?? USUAL_MOST_BYTES].map(String);
	const result = await run(program, [...parameters, `tests/fuzz/${target}`, ...own, ...readCorpus(target)]);
	const input = result.output.match(/^input ([0-9a-f]*)$/m)?.[1];
	const failure = input === undefined ? undefined : `${failuresOf(target)}plain`;
	if (failure)
		writeFileSync(failure, Buffer.from(input, "hex"));
	return { ...result, failure, runs: result.status === 0 ? runs : 0 };
}

/**
 * Options are { runs, seed, found }, `found` being a folder for inputs that reach something new. Answers { isOk, runs, perSecond,
 * failure, detail }: how many inputs were run, the file with the one that failed, and what to do about it.
 */
export async function fuzz(fuzzer, target, options) {
	mkdirSync(join(buildFolder, "fuzz/failures"), { recursive: true });
	const start = performance.now();
	const { status, output, failure, runs } = await (fuzzer.isPlain ? fuzzPlain : fuzzGuided)(fuzzer, target, options);
	const perSecond = Math.round(runs / ((performance.now() - start) / 1000));
	const again = failure ? `\nagain: npm run fuzz -- ${target} ${relative(root, failure)}\n` : "";
	return { isOk: status === 0, runs, perSecond, failure, detail: output + again };
}

async function replay(target, file) {
	if (target === NATIVES) {
		const { status, output } = await run(buildNativesTest({ isFuzzer: true }), [file]);
		process.stdout.write(output);
		return status;
	}
	const { program, parameters } = openFuzzer({ isPlain: true });
	const input = readFileSync(file).toString("hex");
	const { status, output } = await run(program, [...parameters, `tests/fuzz/${target}`, "0", "0", "0", input]);
	process.stdout.write(status === 0 ? `${target}: nothing is wrong with this input\n` : output);
	return status;
}

function shellWords(words) {
	return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

/**
 * Of the inputs in these folders a few that reach, together with `staying`, all that any of them reaches, as libFuzzer knows it: in
 * hexadecimal, short ones first. Only libFuzzer can say.
 */
export async function fewInputs({ program, parameters }, target, staying, folders) {
	const few = join(buildFolder, "fuzz/few", `${target}-${Date.now()}`);
	const stays = new Set(readdirSync(writeInputs(few, staying)));
	const command = [...parameters, `tests/fuzz/${target}`];
	const merge = [...command, "-set_cover_merge=1", "-verbosity=0", few, ...folders];
	const { status, output } = await run(program, merge, { HAP_XS_FUZZER: shellWords([program, ...command]) });
	if (status !== 0)
		throw new BuildError(`inputs of ${target} cannot be merged\n${output}`);
	const names = readdirSync(few).filter((name) => !stays.has(name));
	const inputs = names.map((name) => readFileSync(join(few, name)).toString("hex"));
	rmSync(few, { recursive: true });
	return inputs.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Answers what has become of the corpus: it stays as it is when more was found than belongs into a repository. */
async function keep(fuzzer, target) {
	const { staying } = corpusLines(target);
	const folders = ["corpus", "seeds"].map((name) => join(buildFolder, "fuzz", name, target));
	const inputs = await fewInputs(fuzzer, target, inputsOf(staying), folders);
	const bytes = inputs.join("").length / 2;
	const isKept = inputs.length <= MOST_KEPT && bytes <= MOST_KEPT_BYTES;
	if (isKept)
		writeFileSync(join(corpusFolder, `${target}.txt`), `${[...staying, "", ...inputs].join("\n")}\n`);
	return `${inputs.length} inputs, ${bytes} bytes, ${isKept ? "kept" : "too many to be kept"}`;
}

async function fuzzAll(names, options, isPlain, isKept) {
	const fuzzer = openFuzzer({ isPlain, log: (line) => process.stdout.write(`${line}\n`) });
	const left = [...names];
	let failed = 0;
	const work = async () => {
		for (let target = left.shift(); target; target = left.shift()) {
			const { isOk, runs, perSecond, detail } = await fuzz(fuzzer, target, options);
			process.stdout.write(`${target}: ${isOk ? `${runs} executions, ${perSecond} a second` : `FAILED\n${detail}`}\n`);
			failed += isOk ? 0 : 1;
			if (isOk && isKept && target !== NATIVES)
				process.stdout.write(`${target}: ${await keep(fuzzer, target)}\n`);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	return failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await runMain(async () => {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				runs: { type: "string", default: "100000" },
				seed: { type: "string", default: "1" },
				plain: { type: "boolean" },
				keep: { type: "boolean" },
				help: { type: "boolean" },
			},
		});
		if (values.help) {
			process.stdout.write(HELP);
			return 0;
		}
		const isPlain = values.plain || fuzzerRuntime() === undefined;
		const known = isPlain || sodium(64) === undefined ? targets : [...targets, NATIVES];
		const [target, file] = positionals;
		if (file && !known.includes(file))
			return await replay(target, resolve(process.env.INIT_CWD ?? root, file));
		const unknown = positionals.find((name) => !known.includes(name));
		if (unknown)
			throw new BuildError(`${unknown} is no target: ${known.join(", ")}`);
		if (isPlain && values.keep)
			throw new BuildError("only libFuzzer knows what inputs reach");
		const names = positionals.length ? positionals : known;
		return await fuzzAll(names, { runs: Number(values.runs), seed: Number(values.seed) }, isPlain, values.keep);
	});
