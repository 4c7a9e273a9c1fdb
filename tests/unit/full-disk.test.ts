/** A store that takes nothing: controllers get an answer, nothing changes by half, and somebody is told. */

import { errorAnswer, PairingError, PairState } from "hap/pairing/pairing-tlv";
import { Permission } from "hap/pairing/pairings";
import { StorageError } from "hap/storage/records";
import { addPairingBody, Controller, removePairingBody, SetupDialogue } from "tests/fakes/pairing-controller";
import { PowerCutDisk } from "tests/fakes/power-cut-disk";
import { CODE, StoredDevice } from "tests/fakes/stored-device";
import { equal, ok, same, test, throws } from "tests/harness";
import { listOf } from "tests/fakes/pairing-list";

const ADMIN = new Controller(1);
const USER = new Controller(2);

interface Started {
	readonly disk: PowerCutDisk;
	readonly device: StoredDevice;
}

function start(isPaired = false): Started {
	const disk = new PowerCutDisk();
	const device = new StoredDevice(disk);
	if (isPaired) {
		for (const [{ id, LTPK }, permissions] of [[ADMIN, Permission.Admin], [USER, Permission.User]] as const)
			device.pairings.set({ controllerId: id, controllerLTPK: LTPK, permissions });
	}
	return { disk, device };
}

function isTold({ faults }: StoredDevice, key: string): void {
	equal(faults.length, 1);
	ok(faults[0] instanceof StorageError && faults[0].message.includes(key), String(faults[0]));
}

for (const refusal of ["No space left on device", "Read-only file system"]) {
	test(`${refusal}: a code is not tried, and the controller hears Unknown`, () => {
		const { disk, device } = start();
		const dialogue = new SetupDialogue(ADMIN, CODE);
		const M3 = dialogue.M3(device.say(dialogue.M1()));
		disk.refusal = refusal;
		same(device.say(M3), errorAnswer(PairState.M3, PairingError.Unknown));
		isTold(device, "tries");
		equal(device.tries.count, 0);
		equal(device.pairSetup.isBusy, false);
	});

	test(`${refusal}: M5 does not pair, and pair-setup works again when there is room`, () => {
		const { disk, device } = start();
		const dialogue = new SetupDialogue(ADMIN, CODE);
		const M5 = dialogue.M5(device.say(dialogue.M3(device.say(dialogue.M1()))));
		disk.refusal = refusal;
		same(device.say(M5), errorAnswer(PairState.M5, PairingError.Unknown));
		isTold(device, "pairings");
		equal(device.pairings.isPaired, false);
		equal(device.pairSetup.isBusy, false);
		disk.refusal = undefined;
		device.pair(ADMIN);
		equal(device.paired, ADMIN.id);
	});

	for (
		const [what, body] of [
			["a pairing is not added", addPairingBody(new Controller(3), Permission.User)],
			["permissions do not change", addPairingBody(USER, Permission.Admin)],
			["a pairing is not removed", removePairingBody(USER)],
			["the last admin is not removed", removePairingBody(ADMIN)],
		] as const
	)
		test(`${refusal}: ${what}, and the admin hears Unknown`, () => {
			const { disk, device } = start(true);
			disk.refusal = refusal;
			same(device.ask(ADMIN, body), errorAnswer(PairState.M1, PairingError.Unknown));
			isTold(device, "pairings");
			equal(device.paired, `${ADMIN.id},${USER.id}`);
			equal(device.pairings.find(USER.id)?.permissions, Permission.User);
			equal(device.pairings.count, 2);
		});

	test(`${refusal}: the switch switches, and its state is told to be lost`, () => {
		const { disk, device } = start();
		disk.refusal = refusal;
		device.switch.keep(true);
		device.switch.close();
		isTold(device, "on");
		equal(device.switch.isOn, true);
	});

	test(`${refusal}: an accessory that has started before starts, one that has not says why it does not`, () => {
		const { disk } = start(true);
		disk.refusal = refusal;
		equal(new StoredDevice(disk).pairings.count, 2);
		const empty = new PowerCutDisk();
		empty.refusal = refusal;
		throws(() => new StoredDevice(empty), StorageError);
	});
}

test("a store that fails when the record is in its place already: what counts is what it holds", () => {
	const { disk, device } = start();
	Object.assign(disk, {
		flushFolder() {
			throw new Error("Input/output error");
		},
	});
	throws(() => device.pairings.set({ controllerId: ADMIN.id, controllerLTPK: ADMIN.LTPK, permissions: Permission.Admin }), StorageError);
	equal(device.pairings.count, listOf(device.pairings).length);
	equal(device.pairings.isPaired, true);
});
