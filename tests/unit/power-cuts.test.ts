/**
 * The power goes at every step that a store takes: a file made, a byte written, a flush, a name changed. At the next start a record
 * is the one before or the new one, whole, and what was answered is there.
 */

import { fromText, sameBytes } from "hap/bytes/bytes";
import { makeVerifier } from "hap/crypto/srp";
import { readVerifier } from "hap/pairing/identity";
import { Permission } from "hap/pairing/pairings";
import { errorAnswer, PairingError, PairState } from "hap/pairing/pairing-tlv";
import type { MemoryStorage } from "tests/fakes/memory-storage";
import { addPairingBody, Controller, removePairingBody, SetupDialogue } from "tests/fakes/pairing-controller";
import { everyStep, PowerCutDisk } from "tests/fakes/power-cut-disk";
import { CODE, OTHER_DEFINITION, StoredDevice } from "tests/fakes/stored-device";
import { equal, ok, same, test } from "tests/harness";

const ADMIN = new Controller(1);
const USER = new Controller(2);
const WRONG_CODE = "482-15-936";
const LEAST_CUTS = 1000;

let cuts = 0;

/** What lies there after `body` has run on an accessory that was started before, with the power on. */
function after(body: (device: StoredDevice) => unknown, start?: MemoryStorage): MemoryStorage {
	const disk = new PowerCutDisk(start);
	body(new StoredDevice(disk));
	const [found, ...others] = disk.found();
	equal(others.length, 0, "all of it is flushed");
	return found;
}

/** Cuts the power while `body` runs on an accessory that has started with the power on; counts the cuts. */
function cutDuring<Result>(
	start: MemoryStorage,
	body: (device: StoredDevice) => Result,
	check: (device: StoredDevice, result: Result | undefined) => void,
): void {
	const { identity } = new StoredDevice(start.restarted());
	cuts += everyStep(start, (disk) => body(new StoredDevice(disk)), (found, result) => {
		const device = new StoredDevice(found);
		equal(device.identity.deviceId, identity.deviceId, "the same accessory");
		same(device.reports, [], "no record is damaged");
		check(device, result);
	});
}

function pairedWithBoth(): MemoryStorage {
	return after((device) => {
		device.pairings.set({ controllerId: ADMIN.id, controllerLTPK: ADMIN.LTPK, permissions: Permission.Admin });
		device.pairings.set({ controllerId: USER.id, controllerLTPK: USER.LTPK, permissions: Permission.User });
	});
}

function isWhole(device: StoredDevice, { id, LTPK }: Controller, permissions: Permission): boolean {
	const pairing = device.pairings.find(id);
	return pairing !== undefined && sameBytes(pairing.controllerLTPK, LTPK) && pairing.permissions === permissions;
}

test("at the first start: the next one has an identity that stays, a code, and the code's verifier", () => {
	const body = (disk: PowerCutDisk) => new StoredDevice(disk).identity.deviceId;
	cuts += everyStep(new PowerCutDisk().found()[0], body, (found, deviceId) => {
		const device = new StoredDevice(found);
		same(device.reports, []);
		ok(deviceId === undefined || device.identity.deviceId === deviceId, "one that had started is the same");
		equal(device.code, CODE);
		const { salt, verifier } = readVerifier(device.records)!;
		if (deviceId !== undefined)
			ok(sameBytes(makeVerifier(CODE, salt), verifier), "the verifier is the code's");
		const again = new StoredDevice(found.restarted());
		equal(again.identity.deviceId, device.identity.deviceId);
		equal(again.configurationNumber, device.configurationNumber);
		equal(device.pairings.isPaired, false);
	});
});

test("while a code takes another one's place: the next start has a code, and its verifier", () => {
	const check = (found: MemoryStorage) => {
		const { code, records } = new StoredDevice(found, undefined, undefined);
		const { salt, verifier } = readVerifier(records)!;
		ok(code !== undefined && sameBytes(makeVerifier(code, salt), verifier));
	};
	cuts += everyStep(after(() => {}), (disk) => new StoredDevice(disk, undefined, WRONG_CODE), check, 11);
});

test("while a wrong code is tried: it counts, or was not answered", () => {
	cutDuring(
		after((device) => device.tries.countOne()),
		(device) => {
			const dialogue = new SetupDialogue(ADMIN, WRONG_CODE);
			return device.say(dialogue.M3(device.say(dialogue.M1())));
		},
		(device, answer) => {
			if (answer)
				same(answer, errorAnswer(PairState.M3, PairingError.Authentication));
			ok(device.tries.count === 2 || (!answer && device.tries.count === 1), `${device.tries.count} tries`);
		},
	);
});

test("while a controller pairs: one that heard M6 is an admin, any other is none", () => {
	cutDuring(
		after((device) => device.tries.countOne()),
		(device) => device.pair(ADMIN),
		(device, M6) => {
			ok(device.paired === ADMIN.id || (!M6 && device.paired === ""), device.paired);
			equal(isWhole(device, ADMIN, Permission.Admin), device.pairings.isPaired);
		},
	);
});

test("while a pairing is added: the admin stays, and who was added is there", () => {
	cutDuring(
		after((device) => device.pairings.set({ controllerId: ADMIN.id, controllerLTPK: ADMIN.LTPK, permissions: Permission.Admin })),
		(device) => device.ask(ADMIN, addPairingBody(USER, Permission.User)),
		(device, answer) => {
			ok(isWhole(device, ADMIN, Permission.Admin), "the admin");
			ok(isWhole(device, USER, Permission.User) || (!answer && device.pairings.count === 1), "the user");
		},
	);
});

test("while permissions change: they are the old or the new ones", () => {
	cutDuring(
		pairedWithBoth(),
		(device) => device.ask(ADMIN, addPairingBody(USER, Permission.Admin)),
		(device, answer) => {
			ok(isWhole(device, ADMIN, Permission.Admin), "the admin");
			ok(isWhole(device, USER, Permission.Admin) || (!answer && isWhole(device, USER, Permission.User)), "the user");
		},
	);
});

test("while a pairing is removed: who was removed is gone, and nobody else", () => {
	cutDuring(
		pairedWithBoth(),
		(device) => device.ask(ADMIN, removePairingBody(USER)),
		(device, answer) => {
			ok(isWhole(device, ADMIN, Permission.Admin), "the admin");
			ok(device.pairings.count === 1 || (!answer && isWhole(device, USER, Permission.User)), "the user");
		},
	);
});

test("while the last admin is removed: all are there, or none", () => {
	cutDuring(
		pairedWithBoth(),
		(device) => device.ask(ADMIN, removePairingBody(ADMIN)),
		(device, answer) => {
			const isLeft = isWhole(device, ADMIN, Permission.Admin) && isWhole(device, USER, Permission.User);
			ok(device.pairings.count === 0 || (!answer && isLeft), `${device.pairings.count} pairings`);
		},
	);
});

test("while a changed database gets its number: it is the next one, once", () => {
	const start = pairedWithBoth();
	cuts += everyStep(start, (disk) => new StoredDevice(disk, OTHER_DEFINITION), (found) => {
		const device = new StoredDevice(found, OTHER_DEFINITION);
		equal(device.configurationNumber, 2);
		equal(new StoredDevice(found.restarted(), OTHER_DEFINITION).configurationNumber, 2);
	});
});

test("while the switch's state is kept: it is the old or the new one", () => {
	cutDuring(
		after(() => {}),
		(device) => {
			device.switch.keep(true);
			device.switch.close();
			return device.faults.length === 0;
		},
		(device, isKept) => ok(device.switch.isOn || !isKept, "on"),
	);
});

test("while a damaged record is set aside: no byte of it is lost, and it is never used", () => {
	const start = pairedWithBoth();
	start.flipBits("pairings", 20);
	const damaged = start.bytes("pairings");
	cuts += everyStep(start, (disk) => new StoredDevice(disk), (found) => {
		ok(found.keys.some((key) => sameBytes(found.bytes(key), damaged)), "the bytes are there");
		const device = new StoredDevice(found);
		equal(device.pairings.isPaired, false);
		same(found.bytes("pairings.bad"), damaged);
		equal(found.keys.filter((key) => key.startsWith("pairings")).length, 1, "once");
	});
});

test("while an identity that is lost is replaced: no pairing is left beside one that it is not of", () => {
	const start = pairedWithBoth();
	start.put("identity", fromText("nothing of ours"));
	cuts += everyStep(start, (disk) => new StoredDevice(disk).paired, (found) => equal(new StoredDevice(found).paired, ""));
});

test(`these were ${LEAST_CUTS} cuts or more`, () => ok(cuts >= LEAST_CUTS, `${cuts} cuts`));
