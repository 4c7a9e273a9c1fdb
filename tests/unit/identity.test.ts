/** Who the accessory is, and what stands for its setup code. */

import { hasVerifier, type Identity, loadIdentity, readVerifier, writeVerifier } from "hap/pairing/identity";
import { Records, StorageError } from "hap/storage/records";
import { ed25519PublicKey } from "hap/crypto/crypto";
import { makeVerifier } from "hap/crypto/srp";
import { everyCut, MemoryStorage } from "tests/fakes/memory-storage";
import { equal, ok, same, test, throws } from "tests/harness";

const CODE = "518-08-582";

function load(storage: MemoryStorage, reports: string[] = []): Identity {
	return loadIdentity(new Records(storage, (key, keptAs) => reports.push(`${key} > ${keptAs}`)));
}

function recordsOf(storage: MemoryStorage): Records {
	return new Records(storage, () => {});
}

function fieldsOf({ deviceId, accessoryLTPK, accessoryLTSK, setupId }: Identity): unknown[] {
	return [deviceId, accessoryLTPK.slice(), accessoryLTSK.slice(), setupId];
}

function isDeviceId(text: string): boolean {
	const parts = text.split(":");
	return parts.length === 6 && parts.every((part) => part.length === 2 && [...part].every((digit) => "0123456789ABCDEF".includes(digit)));
}

test("a device id is six bytes in capitals, a setup id four of 0-9A-Z, the public key the seed's own", () => {
	for (let i = 0; i < 20; i++) {
		const { deviceId, accessoryLTPK, accessoryLTSK, setupId } = load(new MemoryStorage());
		ok(isDeviceId(deviceId), deviceId);
		equal(setupId.length, 4, setupId);
		ok([...setupId].every((character) => (character >= "0" && character <= "9") || (character >= "A" && character <= "Z")), setupId);
		equal(accessoryLTSK.length, 32);
		same(accessoryLTPK.slice(), ed25519PublicKey(accessoryLTSK.slice()));
	}
});

test("two accessories are not the same in any part", () => {
	const a = fieldsOf(load(new MemoryStorage()));
	const b = fieldsOf(load(new MemoryStorage()));
	for (const [at, field] of a.entries())
		throws(() => same(field, b[at]));
});

test("it is made once, and the same after every start", () => {
	const storage = new MemoryStorage();
	const reports: string[] = [];
	const first = fieldsOf(load(storage, reports));
	same(storage.changes, ["write identity"]);
	for (let start = 0; start < 3; start++)
		same(fieldsOf(load(storage.restarted(), reports)), first);
	same(fieldsOf(load(storage, reports)), first);
	same(storage.changes, ["write identity"]);
	same(reports, []);
});

test("a damaged one is reported and kept under another key, and the new one is another", () => {
	const storage = new MemoryStorage();
	const first = fieldsOf(load(storage));
	storage.flipBits("identity", 20);
	const bytes = storage.bytes("identity");
	const reports: string[] = [];
	const second = fieldsOf(load(storage, reports));
	same(reports, ["identity > identity.bad"]);
	same(storage.bytes("identity.bad"), bytes);
	for (const [at, field] of first.entries())
		throws(() => same(field, second[at]));
	same(fieldsOf(load(storage, reports)), second, "and stays");
	equal(reports.length, 1);
});

test("a store that does not keep it is a StorageError", () => {
	const storage = new MemoryStorage();
	storage.refuse("identity");
	throws(() => load(storage), StorageError);
	same(storage.keys, []);
});

test("power lost at the first start leaves none or the one that the next start has", () => {
	everyCut(new MemoryStorage(), load, (found, isCut) => {
		same(found.keys, isCut ? [] : ["identity"]);
		same(fieldsOf(load(found)), fieldsOf(load(found.restarted())));
	});
});

/* The setup code */

test("the verifier is the setup code's with the salt beside it, and the code itself is nowhere", () => {
	const storage = new MemoryStorage();
	writeVerifier(recordsOf(storage), CODE);
	const { salt, verifier } = readVerifier(recordsOf(storage.restarted()))!;
	equal(salt.length, 16);
	same(verifier.slice(), makeVerifier(CODE, salt));
	same(storage.keys, ["verifier"]);
	const text = String.fromCharCode(...storage.bytes("verifier"));
	ok(!text.includes(CODE) && !text.includes("51808582"));
});

test("salt and verifier are views of the one copy that was read, and wiping them wipes that", () => {
	const buffers: ArrayBuffer[] = [];
	class Watched extends MemoryStorage {
		override read(key: string): ArrayBuffer | undefined {
			const buffer = super.read(key);
			if (buffer)
				buffers.push(buffer);
			return buffer;
		}
	}
	const storage = new Watched();
	writeVerifier(recordsOf(storage), CODE);
	const { salt, verifier } = readVerifier(recordsOf(storage))!;
	same([salt.buffer, verifier.buffer], [buffers[0], buffers[0]]);
	equal(buffers.length, 1);
});

test("the same code has another salt in every accessory", () => {
	const salts = [new MemoryStorage(), new MemoryStorage()].map((storage) => {
		writeVerifier(recordsOf(storage), CODE);
		return readVerifier(recordsOf(storage))!.salt;
	});
	throws(() => same(salts[0], salts[1]));
});

test("there is no verifier before it was written, nor when it is damaged", () => {
	const storage = new MemoryStorage();
	equal(hasVerifier(recordsOf(storage)), false);
	writeVerifier(recordsOf(storage), CODE);
	equal(hasVerifier(recordsOf(storage)), true);
	storage.flipBits("verifier", 100);
	equal(hasVerifier(recordsOf(storage)), false);
	same(storage.keys, ["verifier.bad"]);
});

test("a verifier of another length is none", () => {
	const storage = new MemoryStorage();
	recordsOf(storage).write("verifier", 1, new Uint8Array(399));
	equal(readVerifier(recordsOf(storage)), undefined);
});

test("a store that does not keep the verifier is a StorageError, and the old one is there still", () => {
	const storage = new MemoryStorage();
	writeVerifier(recordsOf(storage), CODE);
	const before = storage.bytes("verifier");
	storage.refuse("verifier");
	throws(() => writeVerifier(recordsOf(storage), "031-45-154"), StorageError);
	same(storage.bytes("verifier"), before);
});
