/** The XS engine's sources, out of one npm tarball that is pinned by its integrity. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BuildError, buildFolder } from "./paths.mjs";

const PACKAGE = "@agoric/xsnap@0.15.0";
const INTEGRITY = "sha512-ZBm4DZxbtfacxMHVVdJjZi0Y8zOxN77vpu1WwI5RWfPkaRh0aHkz/dVdTGKXalDNzWfz183lljKxlxl3/h0n+A==";

function pack(folder) {
	const npm = process.platform === "win32" ? "npm.cmd" : "npm";
	const run = spawnSync(npm, ["pack", PACKAGE, "--json", "--pack-destination", folder], { encoding: "utf8" });
	if (run.error || run.status !== 0)
		throw new BuildError(`npm could not fetch ${PACKAGE}: ${run.error?.message ?? run.stderr.trim()}`);
	const [{ filename }] = JSON.parse(run.stdout);
	return join(folder, filename.replace("@", "").replace("/", "-"));
}

function verify(file) {
	const sum = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
	if (sum !== INTEGRITY)
		throw new BuildError(`${PACKAGE} is not what it was: its integrity is ${sum}`);
}

/** Answers the folder that holds xs/ and modules/. */
export function xsSources() {
	const folder = join(buildFolder, "xs");
	const sources = join(folder, "moddable");
	if (existsSync(sources))
		return sources;
	const temporary = join(buildFolder, "xs.new");
	rmSync(temporary, { recursive: true, force: true });
	mkdirSync(temporary, { recursive: true });
	const file = pack(temporary);
	verify(file);
	const run = spawnSync("tar", ["-xzf", file, "-C", temporary, "package/moddable", "package/LICENSE"], { encoding: "utf8" });
	if (run.error || run.status !== 0)
		throw new BuildError(`tar could not unpack ${PACKAGE}: ${run.error?.message ?? run.stderr.trim()}`);
	rmSync(folder, { recursive: true, force: true });
	renameSync(join(temporary, "package"), folder);
	rmSync(temporary, { recursive: true, force: true });
	return sources;
}
