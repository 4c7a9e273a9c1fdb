/** PUT /characteristics. HAP R2 "Writing Characteristics", */

import { HapStatus } from "hap/model/types";
import { parseWriteRequest, Timing, writeCharacteristics } from "hap/model/write-request";
import { atOnce, Kind, Kinds, KindsSession, SECOND, textOf } from "tests/fakes/all-kinds";
import { equal, same, test } from "tests/harness";

class Writer {
	readonly kinds = new Kinds();
	readonly session = new KindsSession();

	write(characteristics: unknown[], timing = Timing.Untimed): { httpStatus: number; characteristics?: unknown; } {
		const request = parseWriteRequest({ characteristics });
		const { httpStatus, body } = atOnce(writeCharacteristics(this.kinds.database, request.characteristics, this.session, timing));
		return body === undefined ? { httpStatus } : { httpStatus, characteristics: JSON.parse(textOf(body)).characteristics };
	}
}

const DONE = { httpStatus: 204 };

function mixed(...characteristics: unknown[]) {
	return { httpStatus: 207, characteristics };
}

test("a write that is done is 204 without a body", () => {
	const writer = new Writer();
	same(writer.write([{ aid: 1, iid: Kind.Bool, value: true }]), DONE);
	same(writer.kinds.behaviour.written, [`1.${Kind.Bool}=true`]);
	equal(writer.kinds.changes[0].originator, writer.session);
});

test("writes are done in their order", () => {
	const writer = new Writer();
	same(writer.write([{ aid: SECOND, iid: Kind.Bool, value: 1 }, { aid: 1, iid: Kind.Bool, value: 1 }]), DONE);
	same(writer.kinds.behaviour.written, [`2.${Kind.Bool}=true`, `1.${Kind.Bool}=true`]);
});

test("an empty list is done", () => same(new Writer().write([]), DONE));

for (const flag of [true, 1])
	test(`ev ${flag} subscribes`, () => {
		const writer = new Writer();
		same(writer.write([{ aid: 1, iid: Kind.ReadOnly, ev: flag }]), DONE);
		same([...writer.session.subscribed], [`1.${Kind.ReadOnly}`]);
		same(writer.kinds.behaviour.written, []);
	});

for (const flag of [false, 0])
	test(`ev ${flag} unsubscribes`, () => {
		const writer = new Writer();
		writer.session.enableEventNotifications(1, Kind.Bool);
		same(writer.write([{ aid: 1, iid: Kind.Bool, ev: flag }]), DONE);
		same([...writer.session.subscribed], []);
	});

test("one entry may write and subscribe", () => {
	const writer = new Writer();
	same(writer.write([{ aid: 1, iid: Kind.Bool, value: true, ev: true }]), DONE);
	equal(writer.kinds.behaviour.written.length, 1);
	same([...writer.session.subscribed], [`1.${Kind.Bool}`]);
});

/** Each -704xx that a write can meet. */
for (
	const [what, entry, status] of [
		["an unknown instance", { aid: 1, iid: 999, value: 1 }, HapStatus.NoSuchResource],
		["an unknown accessory", { aid: 9, iid: Kind.Bool, value: true }, HapStatus.NoSuchResource],
		["a subscription to an unknown one", { aid: 1, iid: 999, ev: true }, HapStatus.NoSuchResource],
		["a read-only one", { aid: 1, iid: Kind.ReadOnly, value: true }, HapStatus.ReadOnly],
		["one that does not notify", { aid: 1, iid: Kind.Int, ev: true }, HapStatus.NotificationUnsupported],
		["a value out of range", { aid: 1, iid: Kind.UInt8, value: 101 }, HapStatus.InvalidValue],
		["null", { aid: 1, iid: Kind.Bool, value: null }, HapStatus.InvalidValue],
		["an object", { aid: 1, iid: Kind.String, value: {} }, HapStatus.InvalidValue],
		["a timed one without prepare", { aid: 1, iid: Kind.Timed, value: 1 }, HapStatus.InvalidValue],
	] as const
)
	test(`${what} is ${status}, and the entries beside it are done and have a status`, () => {
		const writer = new Writer();
		const { aid, iid } = entry;
		same(
			writer.write([entry, { aid: SECOND, iid: Kind.Bool, value: true }]),
			mixed({ aid, iid, status }, { aid: SECOND, iid: Kind.Bool, status: HapStatus.Success }),
		);
		same(writer.kinds.behaviour.written, [`2.${Kind.Bool}=true`]);
		same([...writer.session.subscribed], []);
	});

test("what the accessory's code refuses has its status", () => {
	const writer = new Writer();
	writer.kinds.behaviour.refusals.set(Kind.Bool, HapStatus.OutOfResources);
	same(
		writer.write([{ aid: 1, iid: Kind.Bool, value: true, ev: true }]),
		mixed({ aid: 1, iid: Kind.Bool, status: HapStatus.OutOfResources }),
	);
	same([...writer.session.subscribed], []);
});

test("what throws in the accessory's code is -70402, and is reported", () => {
	const writer = new Writer();
	writer.kinds.behaviour.failing.add(Kind.Bool);
	same(
		writer.write([{ aid: 1, iid: Kind.Bool, value: true }]),
		mixed({ aid: 1, iid: Kind.Bool, status: HapStatus.CannotCommunicate }),
	);
	equal(writer.kinds.faults.length, 1);
});

for (
	const [name, timing, iid, status] of [
		["an untimed write of an ordinary one", Timing.Untimed, Kind.UInt8, 204],
		["an untimed write of a timed one", Timing.Untimed, Kind.Timed, 207],
		["a prepared write of a timed one", Timing.Prepared, Kind.Timed, 204],
		["a prepared write of an ordinary one", Timing.Prepared, Kind.UInt8, 204],
		["a late write of a timed one", Timing.Late, Kind.Timed, 207],
		["a late write of an ordinary one", Timing.Late, Kind.UInt8, 207],
	] as const
)
	test(`${name} is ${status}`, () => {
		const writer = new Writer();
		const answer = writer.write([{ aid: 1, iid, value: 1 }], timing);
		same(answer, status === 204 ? DONE : mixed({ aid: 1, iid, status: HapStatus.InvalidValue }));
		equal(writer.kinds.behaviour.written.length, status === 204 ? 1 : 0);
	});

test("a timed characteristic is subscribed to without prepare", () => {
	same(new Writer().write([{ aid: 1, iid: Kind.Timed, ev: true }]), DONE);
});

test("r gives the value back, of what has write response", () => {
	same(
		new Writer().write([{ aid: 1, iid: Kind.WriteResponse, value: "AQEB", r: true }, { aid: 1, iid: Kind.Bool, value: true }]),
		mixed(
			{ aid: 1, iid: Kind.WriteResponse, status: HapStatus.Success, value: "AQEB" },
			{ aid: 1, iid: Kind.Bool, status: HapStatus.Success },
		),
	);
});

test("r gives no value of a write that failed, nor of what has no write response", () => {
	same(
		new Writer().write([{ aid: 1, iid: Kind.WriteResponse, value: 7, r: 1 }, { aid: 1, iid: Kind.Bool, value: true, r: true }]),
		mixed(
			{ aid: 1, iid: Kind.WriteResponse, status: HapStatus.InvalidValue },
			{ aid: 1, iid: Kind.Bool, status: HapStatus.Success },
		),
	);
});

test("r false, authData, remote and what nobody knows are ignored", () => {
	same(
		new Writer().write([{ aid: 1, iid: Kind.Bool, value: true, r: false, authData: "AQ==", remote: true, colour: { red: 1 } }]),
		DONE,
	);
});

test("what is for admins is written and subscribed to by admins only", () => {
	const writer = new Writer();
	const write = { aid: 1, iid: Kind.AdminOnly, value: true };
	const subscription = { aid: 1, iid: Kind.AdminOnly, ev: true };
	const refused = mixed({ aid: 1, iid: Kind.AdminOnly, status: HapStatus.InsufficientPrivileges });
	same(writer.write([{ ...write }]), refused);
	same(writer.write([{ ...subscription }]), refused);
	same(writer.kinds.behaviour.written, []);
	equal(writer.session.subscribed.size, 0);
	same(writer.write([{ ...subscription, ev: false }]), DONE);
	writer.kinds.behaviour.admin = writer.session;
	same(writer.write([{ ...write }]), DONE);
	same(writer.write([{ ...subscription }]), DONE);
	equal(writer.session.subscribed.size, 1);
});

for (
	const [what, authData, status] of [
		["none", undefined, HapStatus.InsufficientAuthorization],
		["another", "c3Vu", HapStatus.InsufficientAuthorization],
		["the right one", "c2VzYW1l", HapStatus.Success],
	] as const
)
	test(`a write that needs additional authorization, with ${what}, is ${status}`, () => {
		const writer = new Writer();
		const answer = writer.write([{ aid: 1, iid: Kind.Authorized, value: true, authData }]);
		same(answer, status === HapStatus.Success ? DONE : mixed({ aid: 1, iid: Kind.Authorized, status }));
		equal(writer.kinds.behaviour.written.length, status === HapStatus.Success ? 1 : 0);
	});

test("a value that is wanted back is asked for after the write, where the characteristic gives it back", () => {
	const writer = new Writer();
	writer.kinds.behaviour.readings.set(Kind.WriteResponse, "AgEC");
	writer.kinds.behaviour.readings.set(Kind.UInt8, 9);
	same(
		writer.write([{ aid: 1, iid: Kind.WriteResponse, value: "AQEB", r: true }, { aid: 1, iid: Kind.UInt8, value: 9, r: true }]),
		mixed({ aid: 1, iid: Kind.WriteResponse, status: 0, value: "AgEC" }, { aid: 1, iid: Kind.UInt8, status: 0 }),
	);
});

test("a value that is wanted back and cannot be read is -70402", () => {
	const writer = new Writer();
	writer.kinds.behaviour.readings.set(Kind.WriteResponse, "no base64");
	same(
		writer.write([{ aid: 1, iid: Kind.WriteResponse, value: "AQEB", r: true }]),
		mixed({ aid: 1, iid: Kind.WriteResponse, status: HapStatus.CannotCommunicate }),
	);
});
