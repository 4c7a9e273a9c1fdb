/** npm run image -- <target> [ssid=… password=…] [--example NAME] [--release] [--no-flash]: builds an image for a target and flashes it. */

import { BuildError, runMain } from "../host/desktop/scripts/paths.mjs";
import { mcconfig, platformOf, projectOf, sdkEnvironment } from "./sdk.mjs";

const FLAGS = ["--release", "--no-flash"];

/** Takes "--example NAME" out. */
function takeExample(parameters) {
	const at = parameters.indexOf("--example");
	return at < 0 ? undefined : parameters.splice(at, 2)[1] ?? "";
}

await runMain(() => {
	const parameters = process.argv.slice(2);
	const example = takeExample(parameters);
	const flags = parameters.filter((text) => text.startsWith("--"));
	const settings = parameters.filter((text) => /^\w+=/.test(text));
	const names = parameters.filter((text) => !flags.includes(text) && !settings.includes(text));
	const unknown = flags.find((flag) => !FLAGS.includes(flag));
	if (unknown || names.length > 1)
		throw new BuildError(
			`${unknown ?? names[1]} says nothing to me: npm run image -- <target> [ssid=… password=…] [--example NAME] [${FLAGS.join("] [")}]`,
		);
	const platform = platformOf(names[0] ?? "");
	const environment = sdkEnvironment();
	if (platform !== "sim" && !process.env.IDF_PATH)
		throw new BuildError("images for a chip need ESP-IDF v6.0, and IDF_PATH does not say where it is: npx xs-dev setup --device esp32");
	const debug = flags.includes("--release") ? [] : ["-d"];
	const build = flags.includes("--no-flash") ? ["-t", "build"] : [];
	mcconfig([...debug, "-m", "-p", platform, ...build, ...settings], { project: projectOf(example), environment, isShown: true });
});
