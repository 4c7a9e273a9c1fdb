/**
 * Every message of pair-setup with a byte flipped, and cut short anywhere: the answer is the one that the protocol demands
 * (interop/oracle.mjs), and behind each of them somebody else is served.
 */

import assert from "node:assert";
import { after, test } from "node:test";
import { CODE, sharedAccessory } from "./interop/accessory.mjs";
import { MALFORMED, resultOf, strictTlv, toPairSetup } from "./interop/oracle.mjs";
import { Stranger } from "./interop/stranger.mjs";
import { SetupController } from "./interop/setup-controller.mjs";
import { encodeTlv, Tlv } from "./interop/tlv.mjs";
import { aFlipOfEachByte, everyCut, everyFlip } from "./interop/variants.mjs";

const ID = "5B2E0B52-1C3D-4E5F-8A9B-000000000007";
/** Fewer than the hundred wrong proofs behind which even a right one is refused. */
const MOST_TRIES = 90;
/** State, and the header of what follows it: of these bytes every bit is flipped. */
const STRUCTURE = 5;
/** Without libsodium an exchange takes seconds: then only some bytes are flipped. */
const PORTABLE_STEP = 71;
const PROVED = Object.freeze({ status: 200, state: 4, error: undefined });
const FLAGGED = encodeTlv([[Tlv.State, 1], [Tlv.Method, 0], [Tlv.Flags, Buffer.of(0x10, 0, 0, 1)]]);

const controller = new SetupController(CODE, ID);
const accessory = sharedAccessory(async () => {});

/** None of it is a mistake of the accessory's own: those are logged as faults. */
after(() => assert.doesNotMatch(accessory.output, /^fault:/m));

/** Says messages of pair-setup; another stranger is served behind each of them. */
class Dialogue {
	count = 0;
	#connection;
	#other;

	static async run(t, body) {
		const dialogue = new Dialogue();
		dialogue.#other = new Stranger(accessory);
		await dialogue.#renew();
		try {
			await body(dialogue);
		}
		finally {
			await dialogue.#connection.close();
			await dialogue.#other.close();
		}
		t.diagnostic(`${dialogue.count} cases`);
	}

	/** An exchange belongs to its connection: another one begins anew. */
	async #renew() {
		await this.#connection?.close();
		this.#connection = await accessory.connect();
	}

	say(body) {
		return this.#connection.pairing("/pair-setup", body);
	}

	async isAnswered(body, expected, name) {
		assert.deepStrictEqual(resultOf(await this.say(body)), expected, name);
		assert.strictEqual((await this.#other.request("GET", "/accessories")).status, 470, name);
		this.count++;
	}

	/** Answers the M3 that fits. */
	async begin() {
		if (this.count % MOST_TRIES === 0)
			await this.#renew();
		return controller.m3((await this.say(controller.m1())).body);
	}

	/** Up to M4, which makes the accessory forget wrong proofs; answers the M5 that fits. */
	async prove() {
		assert.deepStrictEqual(resultOf(await this.say(await this.begin())), PROVED);
		return controller.m5();
	}
}

test("pair-setup's M1 with any bit flipped, or cut short, without flags and with them", (t) =>
	Dialogue.run(t, async (dialogue) => {
		for (const m1 of [controller.m1(), FLAGGED])
			for (const variants of [everyFlip(m1.length), everyCut(m1.length)])
				for (const { name, of } of variants)
					await dialogue.isAnswered(of(m1), toPairSetup(of(m1), 1), name);
	}));

/** Flips whose answer takes a whole exchange. */
function* slowFlips(length) {
	const step = /^crypto: portable$/m.test(accessory.output) ? PORTABLE_STEP : 1;
	let number = 0;
	for (const flip of aFlipOfEachByte(length, STRUCTURE))
		if (number++ % step === 0)
			yield flip;
}

/** Cut short; as long as what is left is no TLV8, the exchange goes on behind it. */
async function cutShort(dialogue, prepare) {
	let good = await prepare();
	for (const { name, of } of everyCut(good.length)) {
		await dialogue.isAnswered(of(good), MALFORMED, name);
		if (strictTlv(of(good)))
			good = await prepare();
	}
	return good;
}

test("pair-setup's M3 with any byte flipped, or cut short", (t) =>
	Dialogue.run(t, async (dialogue) => {
		const last = await cutShort(dialogue, () => dialogue.begin());
		assert.deepStrictEqual(resultOf(await dialogue.say(last)), PROVED);
		for (const { name, of } of slowFlips(last.length)) {
			if (dialogue.count % MOST_TRIES === 0)
				await dialogue.prove();
			const m3 = await dialogue.begin();
			await dialogue.isAnswered(of(m3), toPairSetup(of(m3), 3, m3), name);
		}
	}));

test("pair-setup's M5 with any byte flipped, or cut short; then a good one pairs", (t) =>
	Dialogue.run(t, async (dialogue) => {
		const { length } = await cutShort(dialogue, () => dialogue.prove());
		for (const { name, of } of slowFlips(length)) {
			const m5 = await dialogue.prove();
			await dialogue.isAnswered(of(m5), toPairSetup(of(m5), 5, m5), name);
		}
		assert.deepStrictEqual(resultOf(await dialogue.say(await dialogue.prove())), { status: 200, state: 6, error: undefined });
		const session = await accessory.session(controller.pairing);
		assert.strictEqual((await session.get("id=1.10")).status, 200);
		await session.close();
	}));
