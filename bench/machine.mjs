/** On what, when and of which state of the sources something was measured. */

import { spawnSync } from "node:child_process";
import { cpus, release, type } from "node:os";
import { root } from "../host/desktop/scripts/paths.mjs";

function git(...parameters) {
	const run = spawnSync("git", parameters, { cwd: root, encoding: "utf8" });
	return run.status === 0 ? run.stdout.trim() : "";
}

export function machine() {
	const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
	return {
		date: new Date().toISOString().slice(0, 10),
		commit: `${git("rev-parse", "--short", "HEAD")}${isChanged ? ", changed" : ""}`,
		machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${type()} ${release()}`,
	};
}
