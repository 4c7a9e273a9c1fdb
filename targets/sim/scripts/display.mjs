/** A display and a home that a mcsim has for itself: it is one program a session, and keeps its window's size and last image. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BuildError } from "../../../host/desktop/scripts/paths.mjs";

/** Why there can be none, or undefined. */
export function whyNotHeadless() {
	const { error } = spawnSync("Xvfb", ["-version"], { stdio: "ignore" });
	return error && "Xvfb is missing (Debian: apt-get install xvfb)";
}

/** Answers { environment, close }. */
export async function openDisplay() {
	const reason = whyNotHeadless();
	if (reason)
		throw new BuildError(reason);
	const home = mkdtempSync(join(tmpdir(), "hap-xs-sim-"));
	const parameters = ["-displayfd", "3", "-screen", "0", "1024x900x24", "-nolisten", "tcp", "-terminate"];
	const server = spawn("Xvfb", parameters, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
	const [number] = await Promise.race([
		once(server.stdio[3].setEncoding("utf8"), "data"),
		once(server, "exit").then(() => Promise.reject(new BuildError("Xvfb does not start"))),
	]);
	return {
		environment: {
			DISPLAY: `:${number.trim()}`,
			XDG_CONFIG_HOME: home,
			DBUS_SESSION_BUS_ADDRESS: "disabled:",
			GDK_BACKEND: "x11",
			GSETTINGS_BACKEND: "memory",
			NO_AT_BRIDGE: "1",
		},
		close() {
			server.kill();
			rmSync(home, { recursive: true, force: true });
		},
	};
}
