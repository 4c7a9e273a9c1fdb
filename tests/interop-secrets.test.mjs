/** What an accessory says to whoever reads its log, and who may read what it keeps. */

import assert from "node:assert";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CODE, isOn, withAccessory } from "./interop/accessory.mjs";

const WRONG_CODE = "482-15-937";
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
	return output.split("\n").filter((line) => !/^(?: {2})?(setup code|payload) /.test(line)).join("\n");
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
		const output = withoutLabel(accessory.output);
		assert.match(output, /^paired with /m);
		assert.match(output, /^unpaired from /m);
		for (const code of [CODE, WRONG_CODE])
			isSilentAbout(output, "code", [code, code.replaceAll("-", "")]);
		isSilentAbout(output, "accessory's key", writings(seed));
		isSilentAbout(output, "salt", writings(setup.subarray(0, SALT_BYTES)));
		isSilentAbout(output, "verifier", writings(setup.subarray(SALT_BYTES)));
	}));

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
