/** The accessory on a computer with several interfaces, asked by avahi on another one. RFC 6762 sections 8 to 10 and 14; RFC 6763. */

import assert from "node:assert";
import { after, before, test } from "node:test";
import { Accessory } from "./interop/accessory.mjs";
import { browse, Computer, connect, startAvahi, until, whyNot } from "./interop/namespaces.mjs";

const TYPE = "_hap._tcp";
const NAME = "Network Lamp";
const CABLES = ["cable1", "cable2"];
const PROTOCOLS = ["IPv4", "IPv6"];
const skip = whyNot();

let ours;
let theirs;
let removeAvahi;
let accessory;

before(async () => {
	if (skip)
		return;
	[ours, theirs] = [await Computer.open(), await Computer.open()];
	for (const [i, name] of CABLES.entries())
		connect(ours, theirs, name, i + 1);
	removeAvahi = await startAvahi(theirs);
	accessory = new Accessory({ name: NAME, host: null, prefix: ours.prefix });
	await accessory.start();
});

after(async () => {
	await accessory?.dispose();
	await ours?.close();
	await theirs?.close();
	removeAvahi?.();
});

/** Waits until avahi resolves what is wanted of a name, on that interface or any. */
function resolved(isWanted, network) {
	let all = [];
	return until(() => {
		all = browse(theirs, TYPE);
		const found = all.filter((service) => service.name === NAME && (network === undefined || service.interface === network));
		return isWanted(found) && found;
	}, () => `what is wanted of ${JSON.stringify(all)}`);
}

function addressOf(hostName, protocol) {
	return theirs.run("avahi-resolve", protocol === "IPv6" ? "-6" : "-4", "-n", hostName).split(/\s+/)[1];
}

test("it is found on every interface over IPv4 and IPv6, with the addresses of that interface", { skip }, async () => {
	const found = await resolved((services) => services.length === CABLES.length * PROTOCOLS.length);
	for (const { interface: cable, address, port, text, hostName } of found) {
		const number = cable.slice(-1);
		assert.ok([`10.77.${number}.1`, `fd77:${number}::1`].includes(address) || address.startsWith("fe80:"), `${address} on ${cable}`);
		assert.strictEqual(port, accessory.port);
		assert.strictEqual(hostName, `hap-xs-${accessory.deviceId.replaceAll(":", "")}.local`);
		assert.deepStrictEqual([text.id, text.sf, text["c#"], text.ci], [accessory.deviceId, "1", "1", "8"]);
	}
	assert.match(addressOf(found[0].hostName, "IPv4"), /^10\.77\.[12]\.1$/);
	assert.match(addressOf(found[0].hostName, "IPv6"), /^(fd77:[12]::1$|fe80:)/);
});

/** Asks with plain DNS from two addresses, one after the other; prints who was answered when the second one is. */
const ASK_TWICE = `
	const { createSocket } = require("node:dgram");
	const [server, name, ...from] = process.argv.slice(1);
	const labels = name.split(".").map((label) => Buffer.concat([Buffer.of(Buffer.byteLength(label)), Buffer.from(label)]));
	const query = Buffer.concat([Buffer.from("000100000001000000000000", "hex"), ...labels, Buffer.of(0, 0, 12, 0, 1)]);
	const answered = [];
	const ask = ([address, ...rest]) => {
		const socket = createSocket("udp4");
		socket.on("message", () => {
			answered.push(address);
			if (rest.length > 0)
				return;
			console.log(answered.join(" "));
			process.exit();
		});
		socket.bind(0, address, () => socket.send(query, 5353, server, () => rest.length > 0 && ask(rest)));
	};
	ask(from);
	setTimeout(() => process.exit(1), 10000);
`;

test("a query from another network is not answered", { skip }, () => {
	theirs.run("ip", "address", "add", "192.0.2.9/32", "dev", "cable1");
	ours.run("ip", "route", "add", "192.0.2.0/24", "via", "10.77.1.2");
	const [near, far] = ["10.77.1.2", "192.0.2.9"];
	const answered = (...from) => theirs.run(process.execPath, "-e", ASK_TWICE, "10.77.1.1", `${TYPE}.local`, ...from).trim();
	assert.strictEqual(answered(far, near), near);
});

test("when its address changes it is found at the new one, and no longer at the old", { skip }, async () => {
	ours.run("ip", "address", "del", "10.77.1.1/24", "dev", "cable1");
	ours.run("ip", "address", "add", "10.77.1.9/24", "dev", "cable1");
	await resolved((services) => services.some(({ address }) => address === "10.77.1.9"), "cable1");
	assert.notStrictEqual(addressOf(`hap-xs-${accessory.deviceId.replaceAll(":", "")}.local`, "IPv4"), "10.77.1.1");
});

test("an interface that comes later is served too", { skip }, async () => {
	connect(ours, theirs, "cable3", 3);
	const found = await resolved((services) => services.length === PROTOCOLS.length, "cable3");
	assert.ok(found.every(({ port }) => port === accessory.port));
});

test("who takes its name later gets another one", { skip }, async () => {
	const rival = theirs.start("avahi-publish", "-s", NAME, TYPE, "1234");
	await until(() => rival.output.includes("collision"), () => `a collision in ${rival.output}`);
	await theirs.stop(rival);
	await resolved((services) => services.length > 0 && services.every(({ port }) => port === accessory.port));
});

test("a name that is taken already is left to its owner", { skip }, async () => {
	const rival = theirs.start("avahi-publish", "-s", "Taken", TYPE, "1234");
	await until(() => rival.output.includes("Established"), () => `avahi's service in ${rival.output}`);
	const second = new Accessory({ name: "Taken", host: null, prefix: ours.prefix });
	try {
		await second.start();
		await second.line(/"Taken \(2\)"/);
		const ports = (name) => browse(theirs, TYPE).filter((service) => service.name === name).map(({ port }) => port);
		await until(() => ports("Taken (2)").includes(second.port), () => `Taken (2) of ${JSON.stringify(browse(theirs, TYPE))}`);
		assert.ok(ports("Taken").every((port) => port === 1234));
	}
	finally {
		await second.dispose();
		await theirs.stop(rival);
	}
});

test("when it ends it is gone at once", { skip }, async () => {
	const watcher = theirs.start("avahi-browse", "-p", TYPE);
	const lines = (sign) => watcher.output.split("\n").filter((line) => line.startsWith(sign) && line.includes("Network\\032Lamp;")).length;
	const everywhere = (CABLES.length + 1) * PROTOCOLS.length;
	await until(() => lines("+") === everywhere, () => `${everywhere} found in ${watcher.output}`);
	assert.strictEqual(await accessory.stop(), 0);
	await until(() => lines("-") === everywhere, () => `${everywhere} lost in ${watcher.output}`);
});
