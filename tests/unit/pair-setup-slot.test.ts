/** Who may pair, and when: the order of the checks of M1, and the one slot. */

import { MalformedError } from "hap/bytes/bytes";
import { PairingError, PairingMethod, PairState } from "hap/pairing/pairing-tlv";
import { Permission } from "hap/pairing/pairings";
import { TlvType } from "hap/wire/tlv8";
import { Controller, SetupDialogue } from "tests/fakes/pairing-controller";
import { CODE, isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { writeTlv } from "tests/fakes/tlv";
import { equal, same, test, throws } from "tests/harness";

const PHONE = new Controller(1);
const OTHER = new Controller(2);
const WRONG_CODE = "518-08-583";
const SILENCE_MS = 30_000;

function begin(accessory: PairingAccessory, connection: object, controller = PHONE): { dialogue: SetupDialogue; M3: Uint8Array; } {
	const dialogue = new SetupDialogue(controller, CODE);
	return { dialogue, M3: dialogue.M3(accessory.say(dialogue.M1(), connection)) };
}

function finish(accessory: PairingAccessory, connection: object, { dialogue, M3 }: { dialogue: SetupDialogue; M3: Uint8Array; }): void {
	dialogue.accessoryOf(accessory.say(dialogue.M5(accessory.say(M3, connection)), connection));
}

function exhaust(accessory: PairingAccessory): void {
	for (let i = 0; i < 100; i++)
		accessory.tries.countOne();
}

/** The answer to M1 of a connection that has said nothing before. */
function knock(accessory: PairingAccessory, connection: object = {}): Uint8Array {
	return accessory.say(new SetupDialogue(OTHER, CODE).M1(), connection);
}

for (
	const [isPaired, isExhausted, isHeld, error] of [
		[true, false, false, PairingError.Unavailable],
		[true, true, false, PairingError.Unavailable],
		[true, false, true, PairingError.Unavailable],
		[true, true, true, PairingError.Unavailable],
		[false, true, false, PairingError.MaxTries],
		[false, true, true, PairingError.MaxTries],
		[false, false, true, PairingError.Busy],
	] as const
) {
	const words = [isPaired && "paired", isExhausted && "100 times tried", isHeld && "being paired"].filter((word) => word);
	test(`M1 to an accessory ${words.join(" and ")} is error ${error} in M2`, () => {
		const accessory = new PairingAccessory();
		if (isHeld)
			begin(accessory, {});
		if (isPaired)
			accessory.know(PHONE, Permission.Admin);
		if (isExhausted)
			exhaust(accessory);
		isRefused(knock(accessory), PairState.M2, error);
	});
}

test("after pairing, nobody pairs again, the same controller neither", () => {
	const accessory = new PairingAccessory();
	const connection = {};
	finish(accessory, connection, begin(accessory, connection));
	isRefused(accessory.say(new SetupDialogue(PHONE, CODE).M1(), connection), PairState.M2, PairingError.Unavailable);
	isRefused(knock(accessory), PairState.M2, PairingError.Unavailable);
});

test("after unpairing, the next one pairs", () => {
	const accessory = new PairingAccessory();
	accessory.pair(new SetupDialogue(PHONE, CODE));
	accessory.pairings.remove(PHONE.id);
	accessory.pair(new SetupDialogue(OTHER, CODE));
	equal(accessory.pairings.isAdmin(OTHER.id), true);
	equal(accessory.pairings.count, 1);
});

test("the 100th wrong code is answered with Authentication, and then M1 with MaxTries, over a restart too", () => {
	const accessory = new PairingAccessory();
	for (let i = 0; i < 99; i++)
		accessory.tries.countOne();
	const dialogue = new SetupDialogue(PHONE, WRONG_CODE);
	isRefused(accessory.say(dialogue.M3(accessory.say(dialogue.M1()))), PairState.M4, PairingError.Authentication);
	isRefused(knock(accessory), PairState.M2, PairingError.MaxTries);
	isRefused(knock(accessory.restarted()), PairState.M2, PairingError.MaxTries);
});

test("the right code at the 100th try pairs", () => {
	const accessory = new PairingAccessory();
	for (let i = 0; i < 99; i++)
		accessory.tries.countOne();
	accessory.pair(new SetupDialogue(PHONE, CODE));
	equal(accessory.pairings.isPaired, true);
});

/* The slot */

test("who is refused as Busy does not disturb the holder, who pairs", () => {
	const accessory = new PairingAccessory();
	const holder = {};
	const begun = begin(accessory, holder);
	isRefused(knock(accessory), PairState.M2, PairingError.Busy);
	equal(accessory.pairSetup.isBusy, true);
	finish(accessory, holder, begun);
	same(accessory.paired, [PHONE.id]);
});

const STATE_M1 = [TlvType.State, Uint8Array.of(PairState.M1)] as const;
for (
	const [what, body] of [
		["nothing", new Uint8Array(0)],
		["bytes that are no TLV8", Uint8Array.of(6)],
		["M1 without a method", writeTlv([STATE_M1])],
		["M1 with the method of pair-verify", writeTlv([STATE_M1, [TlvType.Method, Uint8Array.of(PairingMethod.PairVerify)]])],
		["M3", writeTlv([[TlvType.State, Uint8Array.of(PairState.M3)]])],
		["M5", writeTlv([[TlvType.State, Uint8Array.of(PairState.M5)]])],
	] as const
)
	test(`another connection that says ${what} does not disturb the holder, who pairs`, () => {
		const accessory = new PairingAccessory();
		const holder = {};
		const begun = begin(accessory, holder);
		throws(() => accessory.say(body, {}), MalformedError);
		equal(accessory.pairSetup.isBusy, true);
		finish(accessory, holder, begun);
		same(accessory.paired, [PHONE.id]);
	});

test("a holder that nobody disturbs may think for minutes between two messages", () => {
	const accessory = new PairingAccessory();
	const holder = {};
	const begun = begin(accessory, holder);
	accessory.now += 600_000;
	finish(accessory, holder, begun);
	equal(accessory.pairings.isPaired, true);
});

test("the slot of a holder that is silent may be taken after 30 s, and not before", () => {
	const accessory = new PairingAccessory();
	const holder = {};
	const other = {};
	accessory.now = 1_000_000;
	const begun = begin(accessory, holder);
	accessory.now += SILENCE_MS - 1;
	isRefused(knock(accessory, other), PairState.M2, PairingError.Busy);
	accessory.now += 1;
	const taken = begin(accessory, other, OTHER);
	throws(() => accessory.say(begun.M3, holder), MalformedError, "its exchange is over");
	isRefused(accessory.say(new SetupDialogue(PHONE, CODE).M1(), holder), PairState.M2, PairingError.Busy);
	finish(accessory, other, taken);
	same(accessory.paired, [OTHER.id]);
});

test("silence is counted from the holder's last message, whatever others say meanwhile", () => {
	const accessory = new PairingAccessory();
	const holder = {};
	const { dialogue, M3 } = begin(accessory, holder);
	accessory.now = 20_000;
	dialogue.M5(accessory.say(M3, holder));
	for (accessory.now = 21_000; accessory.now < 20_000 + SILENCE_MS; accessory.now += 1000)
		isRefused(knock(accessory), PairState.M2, PairingError.Busy, `at ${accessory.now}`);
	equal(accessory.now, 50_000);
	begin(accessory, {}, OTHER);
});

test("a repeated M1 starts over, and the exchange before it is worth nothing", () => {
	const accessory = new PairingAccessory();
	const phone = {};
	const first = begin(accessory, phone);
	const second = begin(accessory, phone);
	finish(accessory, phone, second);
	equal(accessory.pairings.isPaired, true);

	const other = new PairingAccessory();
	const old = begin(other, phone);
	begin(other, phone);
	isRefused(other.say(old.M3, phone), PairState.M4, PairingError.Authentication);
	throws(() => same(first.M3, second.M3), Error, "salt or B differ");
});

test("M1 after M4 starts over too", () => {
	const accessory = new PairingAccessory();
	const phone = {};
	const { dialogue, M3 } = begin(accessory, phone);
	const M5 = dialogue.M5(accessory.say(M3, phone));
	const again = begin(accessory, phone);
	throws(() => accessory.say(M5, phone), MalformedError);
	finish(accessory, phone, again);
	equal(accessory.pairings.isPaired, true);
});

test("a connection that closes leaves the slot at once, and its exchange is over", () => {
	const accessory = new PairingAccessory();
	const holder = {};
	const { M3 } = begin(accessory, holder);
	accessory.pairSetup.release(holder);
	equal(accessory.pairSetup.isBusy, false);
	throws(() => accessory.say(M3, holder), MalformedError);
	const other = {};
	finish(accessory, other, begin(accessory, other, OTHER));
	same(accessory.paired, [OTHER.id]);
});

test("a connection that closes and never held the slot, or no longer, leaves it to its holder", () => {
	const accessory = new PairingAccessory();
	const silent = {};
	const holder = {};
	begin(accessory, silent);
	accessory.now = SILENCE_MS;
	const begun = begin(accessory, holder);
	for (const connection of [{}, silent, silent])
		accessory.pairSetup.release(connection);
	finish(accessory, holder, begun);
	equal(accessory.pairings.isPaired, true);
});

test("a refusal leaves the slot to anybody", () => {
	const accessory = new PairingAccessory();
	const dialogue = new SetupDialogue(PHONE, WRONG_CODE);
	const phone = {};
	accessory.say(dialogue.M3(accessory.say(dialogue.M1(), phone)), phone);
	const other = {};
	finish(accessory, other, begin(accessory, other, OTHER));
	same(accessory.paired, [OTHER.id]);
});
