/** What an accessory says to whoever reads its log, and who may read what it keeps. */

import assert from "node:assert";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Accessory, CODE, isOn, withAccessory } from "./interop/accessory.mjs";
import { SetupController } from "./interop/setup-controller.mjs";
import { pairingAnswer, PairingError } from "./interop/tlv.mjs";

const WRONG_CODE = "482-15-937";
const ID = "5B2E0B52-1C3D-4E5F-8A9B-00000000000A";
const HEADER_BYTES = 3;
const SUM_BYTES = 4;
const DEVICE_ID_BYTES = 6;
const SEED_BYTES = 32;
const SALT_BYTES = 16;
/** So much of a secret is no accident. */
const TELLING_BYTES = 8;

function payloadOf(state, key) {
	return readFileSync(join(state, key)).subarray(HEADER_BYTES, -SUM_BYTES);
}

/** As somebody may have written the bytes, or enough of them. */
function* writings(bytes) {
	for (let at = 0; at + TELLING_BYTES <= bytes.length; at += TELLING_BYTES) {
		const hex = bytes.subarray(at, at + TELLING_BYTES).toString("hex");
		yield hex;
		yield hex.match(/../g).join(":");
		yield [...bytes.subarray(at, at + TELLING_BYTES)].join(",");
	}
	yield bytes.toString("base64").replace(/=+$/, "");
	yield bytes.toString("base64url");
}

function isSilentAbout(output, name, writings) {
	const text = output.toLowerCase();
	for (const writing of writings)
		assert.ok(!text.includes(writing.toLowerCase()), `the log tells the ${name}: ${writing}`);
}

/** Without the label that a person scans, which an accessory without pairings shows when it starts. */
function withoutLabel(output) {
	return output.split("\n").filter((line) => !/^(?: {2})?(setup code|payload) |^\{"label":/.test(line)).join("\n");
}

test("the log of a whole life, refusals included, tells no code and no key", () =>
	withAccessory(async (accessory) => {
		const client = accessory.client();
		await assert.rejects(client.pairSetup(WRONG_CODE));
		await client.pairSetup(CODE);
		assert.strictEqual(await isOn(client), false);
		await assert.rejects(accessory.client().pairSetup(CODE));
		const keys = client.getLongTermData();
		const session = await accessory.session(keys);
		const seed = payloadOf(accessory.state, "identity").subarray(DEVICE_ID_BYTES, DEVICE_ID_BYTES + SEED_BYTES);
		const setup = payloadOf(accessory.state, "verifier");
		session.send(Buffer.from("f00dfeed".repeat(300), "hex"));
		await session.ended();
		await client.removePairing(Buffer.from(keys.iOSDevicePairingID, "hex"));
		await client.close();
		await accessory.line(/^unpaired from /); // behind the answer
		const output = withoutLabel(accessory.output);
		assert.match(output, /^paired with /m);
		for (const code of [CODE, WRONG_CODE])
			isSilentAbout(output, "code", [code, code.replaceAll("-", "")]);
		isSilentAbout(output, "accessory's key", writings(seed));
		isSilentAbout(output, "salt", writings(setup.subarray(0, SALT_BYTES)));
		isSilentAbout(output, "verifier", writings(setup.subarray(SALT_BYTES)));
	}));

test("a secret is seen in every writing, in the middle of others too", () => {
	const secret = Buffer.from("8d1fa2c7e05b93461122334455667788", "hex");
	for (const writing of writings(secret))
		assert.throws(() => isSilentAbout(`key ${writing.toUpperCase()} of`, "key", writings(secret)), /tells the key/);
	isSilentAbout("key 8d1fa2c7e05b of", "key", writings(secret));
});

/** All that a status page tells from now on. */
function watch(url) {
	const watched = { text: "" };
	get(new URL("/events", url), (answer) => {
		answer.setEncoding("utf8").on("data", (text) => (watched.text += text)).on("error", () => {});
	}).on("error", () => {}); // the accessory's end
	return watched;
}

/** Pair-setup, message by message, with a wrong code before it; answers who knows what came of it. */
async function pairWith(accessory) {
	const stranger = await accessory.connect();
	const wrong = new SetupController(WRONG_CODE, ID);
	const refused = await stranger.pairing("/pair-setup", wrong.m3((await stranger.pairing("/pair-setup", wrong.m1())).body));
	assert.strictEqual(pairingAnswer(refused).error, PairingError.Authentication);
	const controller = new SetupController(CODE, ID);
	await stranger.pairing("/pair-setup", controller.m3((await stranger.pairing("/pair-setup", controller.m1())).body));
	assert.deepStrictEqual(pairingAnswer(await stranger.pairing("/pair-setup", controller.m5())), { state: 6, error: undefined });
	await stranger.close();
	return controller;
}

/** Two sessions, one of which is secured anew; subscriptions, writes, events and refusals. Answers their secrets. */
async function useOf(accessory, pairing) {
	const secrets = [];
	const [one, other] = [await accessory.session(pairing), await accessory.session(pairing)];
	secrets.push(one.secrets, other.secrets);
	await other.put({ aid: 1, iid: 10, ev: true });
	await one.put({ aid: 1, iid: 10, value: true });
	await other.event();
	assert.strictEqual((await one.get("id=9.9")).status, 207);
	await one.verify(pairing);
	secrets.push(one.secrets);
	other.send(Buffer.from("f00dfeed".repeat(300), "hex"));
	await other.ended();
	accessory.press("s");
	accessory.press(" ");
	await one.get("id=1.10");
	return secrets.flatMap((named) => Object.entries(named));
}

/** Names and bytes of what a state folder has that is secret. */
function keptSecrets(state) {
	const verifier = payloadOf(state, "verifier");
	return [
		["accessory's long-term key", payloadOf(state, "identity").subarray(DEVICE_ID_BYTES, DEVICE_ID_BYTES + SEED_BYTES)],
		["salt", verifier.subarray(0, SALT_BYTES)],
		["verifier", verifier.subarray(SALT_BYTES)],
	];
}

const RECORDS = ["identity", "verifier", "setup-code", "pairings", "tries", "config", "port", "on"];

/** What lies in the folder beside the records: the report of a crash. */
function reportsIn(state) {
	return readdirSync(state).filter((file) => !RECORDS.includes(file));
}

/** The host itself, which npm start has started. */
function hostOf(pid) {
	return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}

for (const look of [[], ["--json"]])
	test(`${look.join() || "text"}: log, status page and the report of a crash tell no key of anybody's, in any writing`, {
		skip: process.platform !== "linux" || process.env.HAP_XS_TARGET === "sim",
	}, async () => {
		const accessory = new Accessory({ parameters: ["--no-discovery", "--status", "0", ...look] });
		try {
			await accessory.start();
			const controller = await pairWith(accessory);
			const page = watch(`http://127.0.0.1:${accessory.output.match(/status(?: page: http:\/\/127\.0\.0\.1:|":)(\d+)/)[1]}/`);
			const sessionSecrets = await useOf(accessory, controller.pairing);
			process.kill(hostOf(accessory.pid), "SIGSEGV");
			await accessory.exited;
			const reports = reportsIn(accessory.state);
			assert.ok(reports.length > 0, "no report");
			for (const file of reports)
				assert.strictEqual(statSync(join(accessory.state, file)).mode & 0o777, 0o600, file);
			const said = [
				withoutLabel(accessory.output),
				page.text,
				...reports.map((file) => readFileSync(join(accessory.state, file), "latin1")),
			];
			accessory.output = "";
			await accessory.start();
			said.push(accessory.output); // it is paired, and shows no code
			assert.match(page.text, /^data: /m);
			for (const text of said) {
				for (const code of [CODE, WRONG_CODE])
					isSilentAbout(text, "code", [code, code.replaceAll("-", ""), ...writings(Buffer.from(code))]);
				const ltsk = Buffer.from(controller.pairing.iOSDeviceLTSK, "hex").subarray(0, SEED_BYTES);
				const secrets = [["controller's long-term key", ltsk], ...keptSecrets(accessory.state), ...Object.entries(controller.secrets)];
				for (const [name, bytes] of [...secrets, ...sessionSecrets])
					isSilentAbout(text, name, writings(bytes));
			}
		}
		finally {
			await accessory.dispose();
		}
	});

test("what is kept may be read by its owner alone", () =>
	withAccessory(async (accessory) => {
		const client = await accessory.paired();
		await client.close();
		const keys = readdirSync(accessory.state);
		assert.ok(["identity", "pairings", "setup-code", "verifier"].every((key) => keys.includes(key)), keys.join());
		for (const key of keys)
			assert.strictEqual(statSync(join(accessory.state, key)).mode & 0o777, 0o600, key);
		assert.strictEqual(statSync(accessory.state).mode & 0o777, 0o700);
	}));
