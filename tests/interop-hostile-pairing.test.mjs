/** Pair-setup as an attacker, or a controller with a fault, goes about it. HAP R2 "Pair Setup"; RFC 5054 section 2.5.4. */

import assert from "node:assert";
import { createHash, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import PairingProtocol from "hap-controller/lib/protocol/pairing-protocol.js";
import { CODE, isOn, sharedAccessory, withAccessory } from "./interop/accessory.mjs";
import { hkdf, seal } from "./interop/session.mjs";
import { decodeTlv, encodeTlv, pairingAnswer, PairingError, Tlv } from "./interop/tlv.mjs";

const M1 = encodeTlv([[Tlv.State, 1], [Tlv.Method, 0]]);
const MAX_TRIES = 100;
const ID = Buffer.from("5B2E0B52-1C3D-4E5F-8A9B-000000000006");
/** The 3072-bit prime of RFC 3526 section 4, which RFC 5054 appendix A takes. */
const N = Buffer.from(
	`FFFFFFFF FFFFFFFF C90FDAA2 2168C234 C4C6628B 80DC1CD1 29024E08 8A67CC74 020BBEA6 3B139B22 514A0879 8E3404DD
	EF9519B3 CD3A431B 302B0A6D F25F1437 4FE1356D 6D51C245 E485B576 625E7EC6 F44C42E9 A637ED6B 0BFF5CB6 F406B7ED
	EE386BFB 5A899FA5 AE9F2411 7C4B1FE6 49286651 ECE45B3D C2007CB8 A163BF05 98DA4836 1C55D39A 69163FA8 FD24CF5F
	83655D23 DCA3AD96 1C62F356 208552BB 9ED52907 7096966D 670C354E 4ABC9804 F1746C08 CA18217C 32905E46 2E36CE3B
	E39E772C 180E8603 9B2783A2 EC07A28F B5C55DF0 6F4C52C9 DE2BCBF6 95581718 3995497C EA956AE5 15D22618 98FA0510
	15728E5A 8AAAC42D AD33170D 04507A33 A85521AB DF1CBA64 ECFB8504 58DBEF0A 8AEA7157 5D060C7D B3970F85 A6E1E4C7
	ABF5AE8C DB0933D7 1E8C94E0 4A25619D CEE3D226 1AD2EE6B F12FFA06 D98A0864 D8760273 3EC86A64 521F2B18 177B200C
	BBE11757 7A615D6C 770988C0 BAD946E2 08E24FA0 74E5AB31 43DB5BFC E0FD108E 4B82D120 A93AD2CA FFFFFFFF FFFFFFFF`
		.replaceAll(/\s/g, ""),
	"hex",
);
const accessory = sharedAccessory(async () => {});

const m3 = (A, proof = Buffer.alloc(64)) => encodeTlv([[Tlv.State, 3], [Tlv.PublicKey, A], [Tlv.Proof, proof]]);

async function withConnection(to, body) {
	const connection = await to.connect();
	try {
		await body(connection);
	}
	finally {
		await connection.close();
	}
}

async function begun(connection) {
	const m2 = await connection.pairing("/pair-setup", M1);
	assert.deepStrictEqual(pairingAnswer(m2), { state: 2, error: undefined });
	return m2;
}

/** Nobody is paired, and who knows the code still can be; then free again. */
async function isFree() {
	const client = await accessory.paired();
	assert.strictEqual(await isOn(client), false);
	await client.removePairing(Buffer.from(client.getLongTermData().iOSDevicePairingID, "hex"));
	await client.close();
}

const sha512 = (...parts) => createHash("sha512").update(Buffer.concat(parts)).digest();

/** What an attacker makes without the code: with A = 0 modulo N the secret S is 0, whatever the verifier is. */
function proofOfZero(A, m2) {
	const items = decodeTlv(m2.body);
	const [hashN, hashG] = [sha512(N), sha512(Buffer.of(5))];
	const K = sha512(Buffer.alloc(N.length));
	const padded = Buffer.concat([Buffer.alloc(N.length - A.length), A]);
	const head = hashN.map((byte, index) => byte ^ hashG[index]);
	return sha512(head, sha512(Buffer.from("Pair-Setup")), items.get(Tlv.Salt), padded, items.get(Tlv.PublicKey), K);
}

for (const [name, A] of [["0", Buffer.alloc(1)], ["0 of 384 bytes", Buffer.alloc(384)], ["N", N]])
	test(`A = ${name} is Authentication, though its proof holds`, async () => {
		await withConnection(accessory, async (connection) => {
			const m2 = await begun(connection);
			const m4 = await connection.pairing("/pair-setup", m3(A, proofOfZero(A, m2)));
			assert.deepStrictEqual(pairingAnswer(m4), { state: 4, error: PairingError.Authentication });
		});
		await isFree();
	});

test("a wrong proof ends the exchange: M3 again is out of order, M1 begins anew", () =>
	withConnection(accessory, async (connection) => {
		await begun(connection);
		const wrong = m3(Buffer.of(5));
		assert.deepStrictEqual(pairingAnswer(await connection.pairing("/pair-setup", wrong)), { state: 4, error: PairingError.Authentication });
		assert.strictEqual((await connection.pairing("/pair-setup", wrong)).status, 400);
		await begun(connection);
	}));

test("M5 without a proof before it is 400", () =>
	withConnection(accessory, async (connection) => {
		await begun(connection);
		const m5 = encodeTlv([[Tlv.State, 5], [Tlv.EncryptedData, Buffer.alloc(100)]]);
		assert.strictEqual((await connection.pairing("/pair-setup", m5)).status, 400);
	}));

for (const [name, items] of [["no public key", [[Tlv.Proof, Buffer.alloc(64)]]], ["no proof", [[Tlv.PublicKey, Buffer.of(5)]]]])
	test(`M3 with ${name} is 400`, () =>
		withConnection(accessory, async (connection) => {
			await begun(connection);
			assert.strictEqual((await connection.pairing("/pair-setup", encodeTlv([[Tlv.State, 3], ...items]))).status, 400);
		}));

test("a key longer than N is refused, and leaves it free", async () => {
	await withConnection(accessory, async (connection) => {
		await begun(connection);
		const answer = await connection.pairing("/pair-setup", m3(Buffer.alloc(900, 1)));
		assert.ok(answer.status === 400 || pairingAnswer(answer).error === PairingError.Authentication);
	});
	await isFree();
});

/** A controller that knows the code, up to M4; answers the SRP session's key. */
async function proved(connection) {
	const protocol = new PairingProtocol.default();
	const m2 = await protocol.parsePairSetupM2((await begun(connection)).body);
	const m4 = await connection.pairing("/pair-setup", await protocol.buildPairSetupM3(m2, CODE));
	await protocol.parsePairSetupM4(m4.body);
	return protocol.srpClient.computeK();
}

/** M5 of a controller: `change` has the parts that are sealed, and makes of them what is sent. */
function m5(key, change = {}) {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const ltpk = change.ltpk ?? publicKey.export({ type: "spki", format: "der" }).subarray(-32);
	const id = change.id ?? ID;
	const controllerX = hkdf(key, "Pair-Setup-Controller-Sign-Salt", "Pair-Setup-Controller-Sign-Info");
	const signer = createPrivateKey({ key: privateKey.export({ type: "pkcs8", format: "der" }), format: "der", type: "pkcs8" });
	const signature = change.signature ?? sign(null, Buffer.concat([controllerX, id, ltpk]), signer);
	const text = encodeTlv([[Tlv.Identifier, id], [Tlv.PublicKey, ltpk], [Tlv.Signature, signature]]);
	const sealed = seal(hkdf(key, "Pair-Setup-Encrypt-Salt", "Pair-Setup-Encrypt-Info"), change.nonce ?? "PS-Msg05", text);
	return encodeTlv([[Tlv.State, 5], [Tlv.EncryptedData, sealed]]);
}

for (
	const [name, change] of [
		["another nonce, so that its tag does not hold", { nonce: "PS-Msg06" }],
		["a signature that is another's", { signature: Buffer.alloc(64, 7) }],
	]
)
	test(`M5 with ${name} is answered by M6 with Authentication`, async () => {
		await withConnection(accessory, async (connection) => {
			const answer = await connection.pairing("/pair-setup", m5(await proved(connection), change));
			assert.deepStrictEqual(pairingAnswer(answer), { state: 6, error: PairingError.Authentication });
		});
		await isFree();
	});

for (
	const [name, change] of [
		["a key of 31 bytes", { ltpk: Buffer.alloc(31, 7) }],
		["a key of 33 bytes", { ltpk: Buffer.alloc(33, 7) }],
		["no name", { id: Buffer.alloc(0) }],
	]
)
	test(`M5 with ${name} pairs nobody`, async () => {
		await withConnection(accessory, async (connection) => {
			assert.strictEqual((await connection.pairing("/pair-setup", m5(await proved(connection), change))).status, 400);
		});
		await isFree();
	});

test("that same M5 without a fault pairs", () =>
	withConnection(accessory, async (connection) => {
		const answer = await connection.pairing("/pair-setup", m5(await proved(connection)));
		assert.deepStrictEqual(pairingAnswer(answer), { state: 6, error: undefined });
		assert.ok(decodeTlv(answer.body).get(Tlv.EncryptedData).length > 0);
		await accessory.line(new RegExp(`^paired with ${ID}$`));
	}));

/** That many wrong codes, on connections of their own. */
async function guess(to, times) {
	for (let time = 0; time < times; time++)
		await withConnection(to, async (connection) => {
			await begun(connection);
			const m4 = await connection.pairing("/pair-setup", m3(Buffer.of(5)));
			assert.deepStrictEqual(pairingAnswer(m4), { state: 4, error: PairingError.Authentication });
			await connection.close();
			await to.line(/^closed: session/);
		});
}

test("after a hundred wrong codes, some of them before a restart, even the right one is MaxTries", () =>
	withAccessory(async (own) => {
		await guess(own, MAX_TRIES / 2);
		await own.stop();
		await own.start();
		await guess(own, MAX_TRIES / 2);
		await assert.rejects(own.client().pairSetup(CODE), { message: `M2: Error: ${PairingError.MaxTries}` });
	}));

test("a right code in between begins the count anew", () =>
	withAccessory(async (own) => {
		await guess(own, MAX_TRIES - 1);
		const client = await own.paired();
		await client.removePairing(Buffer.from(client.getLongTermData().iOSDevicePairingID, "hex"));
		await client.close();
		await guess(own, 2);
		assert.strictEqual(await isOn(await own.paired()), false);
	}));
