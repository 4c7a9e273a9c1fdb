/**
 * npm run fuzz: the targets of tests/fuzz, in XS. With clang's libFuzzer, which is told what byte code of ours an input reaches;
 * without it, changed inputs of the corpus. What is found by the way is kept in build/fuzz/corpus, what fails in build/fuzz/failures.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  --keep          what was found goes into tests/fuzz/corpus, the smallest inputs that reach all of it
`;

const folder = join(root, "tests/fuzz");
const corpusFolder = join(folder, "corpus");
const MOST_BYTES = { frame: 256, "http-parser": 1280 };
const USUAL_MOST_BYTES = 1024;
const HEAP_BYTES = String(1 << 25);

/** The library's C, without XS and under sanitizers: for libFuzzer alone. */
const NATIVES = "natives";

export const targets = readdirSync(folder)
	.filter((name) => name.endsWith(".ts"))
	.map((name) => name.slice(0, -3))
	.sort();

/** Inputs in hexadecimal, one a line; a line that begins with # says something about them. */
function readCorpus(target) {
	const path = join(corpusFolder, `${target}.txt`);
	if (!existsSync(path))
		return [];
	return readFileSync(path, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
}

function writeInputs(directory, inputs) {
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

function run(program, parameters) {
	return new Promise((done) => {
		const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"] });
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

/** The smallest inputs that reach what all of them reach, as libFuzzer knows it. */
async function keep({ program, parameters }, target) {
	const least = join(buildFolder, "fuzz/least", `${target}-${Date.now()}`);
	mkdirSync(least, { recursive: true });
	const from = ["corpus", "seeds"].map((name) => join(buildFolder, "fuzz", name, target));
	const { status, output } = await run(program, [...parameters, `tests/fuzz/${target}`, "-merge=1", "-verbosity=0", least, ...from]);
	if (status !== 0)
		throw new BuildError(`the corpus of ${target} cannot be merged\n${output}`);
	const inputs = readdirSync(least).map((name) => readFileSync(join(least, name)).toString("hex"));
	inputs.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
	writeFileSync(join(corpusFolder, `${target}.txt`), `${inputs.join("\n")}\n`);
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
				await keep(fuzzer, target);
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
