/** Which program is the accessory under test: the desktop host, or with HAP_XS_TARGET=sim mcsim. */

const STARTERS = {
	desktop: (parameters) => ["host/desktop/scripts/start.mjs", ...parameters],
	sim: (parameters) => ["targets/sim/scripts/start.mjs", "--headless", ...withoutMachine(parameters)],
};

/** The size of mcsim's machine is the manifest's. */
function withoutMachine(parameters) {
	const isSize = (parameter) => parameter === "--heap" || parameter === "--bits";
	return parameters.filter((parameter, at) => !isSize(parameter) && !(at > 0 && isSize(parameters[at - 1])));
}

/** Parameters of node that start it with these parameters of npm start. */
export function starter(parameters) {
	return STARTERS[process.env.HAP_XS_TARGET || "desktop"](parameters);
}
