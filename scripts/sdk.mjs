/** The Moddable SDK, which builds images: whether it is there, and its mcconfig. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { BuildError, root } from "../host/desktop/scripts/paths.mjs";

const PLATFORMS = { linux: "lin", darwin: "mac", win32: "win" };

const MISSING = `Images are built by the Moddable SDK (8.2 or later), and MODDABLE does not say where it is. Either
  npx xs-dev setup                     the SDK alone: simulator, and the size of an image
  npx xs-dev setup --device esp32      and what the chips need (ESP-IDF v6.0)
or by hand: https://github.com/Moddable-OpenSource/moddable/blob/public/documentation/Moddable%20SDK%20-%20Getting%20Started.md
npm start needs none of this.`;

/** Folders of targets/ that make an image. */
export function targets() {
	const folder = join(root, "targets");
	return readdirSync(folder).filter((name) => existsSync(join(folder, name, "manifest.json")));
}

/** mcconfig's -p for a folder of targets/. */
export function platformOf(target) {
	if (!targets().includes(target))
		throw new BuildError(`${target ? `there is no target "${target}"` : "which target?"} There are: ${targets().join(", ")}`);
	return target === "sim" || target === "esp32" ? target : `esp32/${target}`;
}

/** What the simulator's image computes with: chips have libsodium always. */
function simulatorCrypto() {
	return spawnSync("pkg-config", ["--exists", "libsodium"]).status === 0 ? "native" : "portable";
}

/** The environment of the SDK's tools. */
export function sdkEnvironment() {
	const { MODDABLE } = process.env;
	if (!MODDABLE)
		throw new BuildError(MISSING);
	const tools = join(MODDABLE, "build/bin", PLATFORMS[process.platform] ?? "lin", "release");
	if (!existsSync(tools))
		throw new BuildError(`the SDK's tools are not built: there is no ${tools}. Its getting-started page says how\n\n${MISSING}`);
	return { HAP_XS_CRYPTO: simulatorCrypto(), ...process.env, PATH: [tools, process.env.PATH].join(delimiter) };
}

/** Folders of examples/. */
export function examples() {
	return readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The folder whose manifest.json is meant: the switch's, or an example's. */
export function projectOf(example) {
	if (example !== undefined && !examples().includes(example))
		throw new BuildError(`there is no example "${example}": there are ${examples().join(", ")}`);
	return example === undefined ? root : join(root, "examples", example);
}

/** In the folder `project`. Answers standard output when that is not shown. */
export function mcconfig(parameters, { project = root, environment, isShown }) {
	const options = { cwd: project, env: environment, encoding: "utf8", stdio: isShown ? "inherit" : "pipe", maxBuffer: 1 << 26 };
	const run = spawnSync("mcconfig", parameters, options);
	if (run.error)
		throw new BuildError(`mcconfig does not run: ${run.error.message}`);
	if (run.status !== 0)
		throw new BuildError(`mcconfig failed\n${run.stdout ?? ""}${run.stderr ?? ""}`);
	return run.stdout;
}
