/** The accessory asked by npm's multicast-dns, on loopback. RFC 6762 and RFC 6763; HAP R2, "Discovery". */

import assert from "node:assert";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { IPDiscovery } from "hap-controller";
import { Accessory, sharedAccessory } from "./interop/accessory.mjs";
import { Querier, recordsOf, SERVICE, SERVICES, textOf } from "./interop/querier.mjs";

const NAME = `Asked ${process.pid}`;
const INSTANCE = `${NAME}.${SERVICE}`;
const HOST_TTL = 120;
const OTHER_TTL = 4500;
const LEGACY_TTL = 10;
const UNIQUE = ["SRV", "TXT", "A", "AAAA", "NSEC"];

let querier;
const accessory = sharedAccessory(async () => {
	querier = await Querier.open();
	await querier.record(({ name, type }) => name === INSTANCE && type === "SRV");
}, { name: NAME });
test.after(() => querier.close());

const hostName = () => `hap-xs-${accessory.deviceId.replaceAll(":", "")}.local`;
const isRecord = (wantedName, wantedType) => ({ name, type, ttl }) => ttl > 0 && name === wantedName && type === wantedType;
const answers = (name, type) => (message) => message.answers.some(isRecord(name, type));

/** Asks once: what was told within the last second comes when that is over. */
async function ask(name, type) {
	querier.take();
	querier.ask([[name, type]]);
	return querier.record(isRecord(name, type));
}

test("from the types of services to the address and port of ours", async () => {
	querier.take();
	querier.ask([[SERVICES, "PTR"]]);
	await querier.record((record) => isRecord(SERVICES, "PTR")(record) && record.data === SERVICE);
	querier.ask([[SERVICE, "PTR"]]);
	await querier.record((record) => isRecord(SERVICE, "PTR")(record) && record.data === INSTANCE);
	const { data } = await ask(INSTANCE, "SRV");
	assert.deepStrictEqual([data.port, data.target], [accessory.port, hostName()]);
	assert.strictEqual((await ask(data.target, "A")).data, "127.0.0.1");
});

test("TXT has HomeKit's keys", async () => {
	const text = textOf(await ask(INSTANCE, "TXT"));
	const { sh, ...rest } = text;
	assert.deepStrictEqual(rest, {
		"c#": "1",
		ff: "0",
		id: accessory.deviceId,
		md: rest.md,
		pv: "1.1",
		"s#": "1",
		sf: "1",
		ci: "8",
	});
	assert.match(sh, /^[\w+/]{6}==$/);
	assert.ok(rest.md.length > 0);
});

test("unique records flush caches, shared ones do not; what hangs on the host lives two minutes, the rest 75", async () => {
	querier.take();
	querier.ask([[SERVICE, "PTR"], [INSTANCE, "SRV"], [INSTANCE, "TXT"], [hostName(), "A"], [SERVICES, "PTR"]]);
	const seen = new Set();
	while (seen.size < 6) {
		for (const { name, type, ttl, flush } of recordsOf(await querier.response(() => true))) {
			const isHost = type === "SRV" || type === "A" || (type === "NSEC" && name === hostName());
			seen.add(type === "PTR" ? name : `${type} ${type === "NSEC" ? isHost : ""}`);
			assert.strictEqual(flush, UNIQUE.includes(type), `${name} ${type}`);
			assert.strictEqual(ttl, isHost ? HOST_TTL : OTHER_TTL, `${name} ${type}`);
		}
	}
});

test("a type that a name does not have is denied", async () => {
	assert.deepStrictEqual((await ask(hostName(), "NSEC")).data.rrtypes, ["A"]);
	querier.take();
	querier.ask([[hostName(), "AAAA"]]);
	const { answers: denied } = await querier.response(answers(hostName(), "NSEC"));
	assert.deepStrictEqual(denied.map(({ type }) => type), ["NSEC"]);
	querier.ask([[INSTANCE, "A"]]);
	const { answers: both } = await querier.response(answers(INSTANCE, "NSEC"));
	assert.deepStrictEqual(both[0].data.rrtypes, ["TXT", "SRV"]);
});

test("what the querier knows is not repeated", async () => {
	querier.take();
	querier.ask([[SERVICE, "PTR"], [INSTANCE, "TXT"]], [{ name: SERVICE, type: "PTR", ttl: OTHER_TTL, data: INSTANCE }]);
	const first = await querier.response(answers(INSTANCE, "TXT"));
	querier.ask([[hostName(), "SRV"]]);
	const heard = [first];
	do heard.push(await querier.response(() => true));
	while (!answers(hostName(), "NSEC")(heard.at(-1)));
	assert.deepStrictEqual(heard.flatMap((message) => message.answers).filter(isRecord(SERVICE, "PTR")), []);
	querier.ask([[SERVICE, "PTR"]], [{ name: SERVICE, type: "PTR", ttl: OTHER_TTL / 2 - 1, data: INSTANCE }]);
	await querier.response(answers(SERVICE, "PTR"));
});

test("plain DNS gets its id, its question and lives of ten seconds at most", async () => {
	const plain = await Querier.open({ isLegacy: true });
	try {
		plain.ask([[SERVICE, "PTR"]], [], 0xbeef);
		const message = await plain.response(() => true);
		assert.strictEqual(message.id, 0xbeef);
		assert.deepStrictEqual(message.questions.map(({ name, type }) => [name, type]), [[SERVICE, "PTR"]]);
		assert.deepStrictEqual(message.answers.map(({ data }) => data), [INSTANCE]);
		assert.deepStrictEqual(message.additionals.map(({ type }) => type).sort(), ["A", "NSEC", "NSEC", "SRV", "TXT"]);
		for (const { ttl, flush } of recordsOf(message)) {
			assert.ok(ttl <= LEGACY_TTL);
			assert.strictEqual(flush, false);
		}
	}
	finally {
		await plain.close();
	}
});

/** Answers whoever probes for the name that it is ours. */
function defend(name, answer) {
	querier.onQuery((query) => {
		if (query.questions.some((question) => question.name === name) && query.authorities.length > 0)
			querier.respond([{ name, ttl: HOST_TTL, flush: true, ...answer }]);
	});
}

test("a name that is taken is left to its owner, and the next one announced twice", async () => {
	const name = `Taken ${process.pid}`;
	const other = new Accessory({ name });
	defend(`${name}.${SERVICE}`, { type: "SRV", data: { port: 1, target: "rival.local" } });
	defend(`${name} (2).${SERVICE}`, { type: "SRV", data: { port: 1, target: "rival.local" } });
	try {
		await other.start();
		await other.line(/the name is taken; .*"Taken \d+ \(2\)"/);
		await other.line(/the name is taken; .*"Taken \d+ \(3\)"/);
		querier.take();
		for (let announced = 0; announced < 2; announced++) {
			const { answers: all } = await querier.response(answers(`${name} (3).${SERVICE}`, "SRV"));
			assert.ok(all.some(({ type, data }) => type === "PTR" && data === `${name} (3).${SERVICE}`));
			assert.strictEqual(all.find(({ type }) => type === "SRV").data.port, other.port);
		}
	}
	finally {
		await other.dispose();
	}
});

test("a host name that is taken gets a number", async () => {
	const name = `Host ${process.pid}`;
	const other = new Accessory({ name });
	const isOther = (record) => isRecord(`${name}.${SERVICE}`, "SRV")(record);
	try {
		await other.start();
		const { data: { target } } = await querier.record(isOther);
		await other.stop();
		await querier.record((record) => record.name === `${name}.${SERVICE}` && record.ttl === 0);
		defend(target, { type: "A", data: "127.0.0.9" });
		await other.start();
		const { data } = await querier.record(isOther);
		assert.strictEqual(data.target, target.replace(".local", "-2.local"));
		querier.ask([[data.target, "A"]]);
		assert.strictEqual((await querier.record(isRecord(data.target, "A"))).data, "127.0.0.1");
	}
	finally {
		await other.dispose();
	}
});

test("of two accessories of one name the second takes another", async () => {
	const second = new Accessory({ name: NAME });
	try {
		await second.start();
		await second.line(new RegExp(`"${NAME} \\(2\\)"`));
		const { data } = await querier.record(isRecord(`${NAME} (2).${SERVICE}`, "SRV"));
		assert.strictEqual(data.port, second.port);
		assert.strictEqual((await ask(INSTANCE, "SRV")).data.port, accessory.port);
	}
	finally {
		await second.dispose();
	}
});

test("hap-controller's discovery finds it unpaired, and loses it with its goodbye", async () => {
	const name = `Discovered ${process.pid}`;
	const other = new Accessory({ name });
	const [loopback] = Object.entries(networkInterfaces()).find(([, addresses]) => addresses.some(({ address }) => address === "127.0.0.1"));
	const discovery = new IPDiscovery(loopback);
	const next = async (event) => {
		for (;;) {
			const [service] = await once(discovery, event);
			if (service.name === name)
				return service;
		}
	};
	try {
		await other.start();
		const up = next("serviceUp");
		discovery.start();
		const { address, port, id, availableToPair, ff, sf } = await up;
		assert.deepStrictEqual([address, port, id], ["127.0.0.1", other.port, other.deviceId]);
		assert.deepStrictEqual([availableToPair, ff, sf], [true, 0, 1]);
		const changed = next("serviceChanged");
		await (await other.paired()).close();
		assert.strictEqual((await changed).availableToPair, false);
		const down = next("serviceDown");
		await other.stop();
		assert.strictEqual((await down).id, other.deviceId);
	}
	finally {
		discovery.stop();
		await other.dispose();
	}
});
