/** Readings and writes that the accessory's own code answers later. -70408 when they take too long. */

import type { ModelAnswer } from "hap/model/answer";
import { isWaiting, type WaitingRequest } from "hap/model/later";
import { readCharacteristics } from "hap/model/read-request";
import { HapStatus, type Value } from "hap/model/types";
import { parseWriteRequest, Timing, writeCharacteristics } from "hap/model/write-request";
import { parseQuery } from "hap/wire/query";
import { Kind, Kinds, KindsSession, SECOND, textOf } from "tests/fakes/all-kinds";
import { Deferred } from "tests/fakes/deferred";
import { equal, ok, same, test } from "tests/harness";

interface Heard {
	httpStatus: number;
	characteristics?: unknown;
}

/** A session's request, and what it was answered. */
class Asked {
	readonly answers: Heard[] = [];
	readonly request: WaitingRequest | undefined;

	constructor(result: string | ModelAnswer | WaitingRequest) {
		if (typeof result === "string")
			this.hear({ httpStatus: 200, body: result });
		else if (isWaiting(result)) {
			this.request = result;
			result.onReady = (answer) => this.hear(answer);
		}
		else
			this.hear(result);
	}

	private hear({ httpStatus, body }: ModelAnswer): void {
		this.answers.push(body === undefined ? { httpStatus } : { httpStatus, ...JSON.parse(textOf(body)) });
	}
}

class Slow extends Kinds {
	readonly session = new KindsSession();

	/** The reading of a characteristic takes until the test settles it. */
	slowReading(iid: number): Deferred<Value> {
		const deferred = new Deferred<Value>();
		this.behaviour.fetches.set(iid, deferred.promise);
		return deferred;
	}

	slowWrite(iid: number): Deferred<HapStatus> {
		const deferred = new Deferred<HapStatus>();
		this.behaviour.laterWrites.set(iid, deferred.promise);
		return deferred;
	}

	read(ids: string, session = this.session): Asked {
		return new Asked(readCharacteristics(this.database, parseQuery(`id=${ids}`), session));
	}

	write(...characteristics: object[]): Asked {
		return new Asked(
			writeCharacteristics(this.database, parseWriteRequest({ characteristics }).characteristics, this.session, Timing.Untimed),
		);
	}
}

const entry = (iid: number, more: object) => ({ aid: 1, iid, ...more });
const only = (httpStatus: number, ...characteristics: object[]) => [{ httpStatus, characteristics }];

/* Reading */

test("a reading that takes its time is waited for", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	const asked = slow.read(`1.${Kind.Float}`);
	same(asked.answers, []);
	await reading.resolve(21.5);
	same(asked.answers, only(200, entry(Kind.Float, { value: 21.5 })));
});

test("several are under way together, and are answered in the order of the request", async () => {
	const slow = new Slow();
	const [float, uint8] = [slow.slowReading(Kind.Float), slow.slowReading(Kind.UInt8)];
	const asked = slow.read(`1.${Kind.Float},1.${Kind.Bool},1.${Kind.UInt8}`);
	same(slow.behaviour.fetched, [Kind.Float, Kind.UInt8]);
	await uint8.resolve(7);
	same(asked.answers, []);
	await float.resolve(20.5);
	same(asked.answers, only(200, entry(Kind.Float, { value: 20.5 }), entry(Kind.Bool, { value: false }), entry(Kind.UInt8, { value: 7 })));
});

test("one that fails is -70402 and reported; the others have their values", async () => {
	const slow = new Slow();
	const [float, uint8] = [slow.slowReading(Kind.Float), slow.slowReading(Kind.UInt8)];
	const asked = slow.read(`1.${Kind.Float},1.${Kind.UInt8}`);
	await float.reject(new Error("no sensor"));
	await uint8.resolve(7);
	same(asked.answers, only(207, entry(Kind.Float, { status: HapStatus.CannotCommunicate }), entry(Kind.UInt8, { value: 7, status: 0 })));
	same(slow.faults.map((fault) => (fault as Error).message), ["no sensor"]);
});

for (const [what, value] of [["out of range", 1000], ["of no kind", undefined]] as const)
	test(`a value ${what} never reaches a controller`, async () => {
		const slow = new Slow();
		const reading = slow.slowReading(Kind.Float);
		const asked = slow.read(`1.${Kind.Float}`);
		await reading.resolve(value as never);
		same(asked.answers, only(207, entry(Kind.Float, { status: HapStatus.CannotCommunicate })));
		equal(slow.faults.length, 1);
	});

test("what is not there in time is -70408, and what comes later is ignored", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	const asked = slow.read(`1.${Kind.Float},1.${Kind.Bool}`);
	asked.request!.expire();
	const expected = only(207, entry(Kind.Float, { status: HapStatus.TimedOut }), entry(Kind.Bool, { value: false, status: 0 }));
	same(asked.answers, expected);
	await reading.resolve(30);
	same(asked.answers, expected);
	same(slow.changes, []);
	equal(slow.database.lastValue(1, slow.find(Kind.Float)), 20);
});

test("a failure that comes too late is reported all the same", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	slow.read(`1.${Kind.Float}`).request!.expire();
	await reading.reject(new Error("too late"));
	equal(slow.faults.length, 1);
});

test("who asks after a reading has timed out asks anew", async () => {
	const slow = new Slow();
	slow.slowReading(Kind.Float);
	slow.read(`1.${Kind.Float}`).request!.expire();
	const second = slow.slowReading(Kind.Float);
	const asked = slow.read(`1.${Kind.Float}`);
	await second.resolve(25);
	same(asked.answers, only(200, entry(Kind.Float, { value: 25 })));
	equal(slow.behaviour.fetched.length, 2);
});

test("nothing is answered to a session that has gone, and nothing is kept of it", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	const asked = slow.read(`1.${Kind.Float}`);
	asked.request!.cancel();
	same((slow.database as unknown as { laters: unknown[]; }).laters, []);
	await reading.resolve(30);
	same(asked.answers, []);
	same(slow.changes, []);
});

test("sessions that read the same share one reading; one of them going leaves it to the other", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	const [first, second] = [slow.read(`1.${Kind.Float}`), slow.read(`1.${Kind.Float},1.${Kind.Float}`, new KindsSession())];
	same(slow.behaviour.fetched, [Kind.Float]);
	first.request!.cancel();
	await reading.resolve(22);
	same(first.answers, []);
	same(second.answers, only(200, entry(Kind.Float, { value: 22 }), entry(Kind.Float, { value: 22 })));
});

test("readings of accessories alike are not each other's", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Bool);
	const asked = slow.read(`1.${Kind.Bool},${SECOND}.${Kind.Bool}`);
	equal(slow.behaviour.fetched.length, 2);
	await reading.resolve(true);
	same(asked.answers, only(200, entry(Kind.Bool, { value: true }), { ...entry(Kind.Bool, { value: true }), aid: SECOND }));
});

test("a reading that has changed is the last value, and others hear of it", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	slow.read(`1.${Kind.Float}`);
	await reading.resolve(30);
	equal(slow.database.lastValue(1, slow.find(Kind.Float)), 30);
	same(slow.changes, [{ aid: 1, iid: Kind.Float, value: 30, originator: slow.session }]);
});

test("of a long request eight are under way at a time", async () => {
	const slow = new Slow();
	const iids = [
		Kind.Bool,
		Kind.UInt8,
		Kind.UInt16,
		Kind.UInt32,
		Kind.UInt64,
		Kind.Int,
		Kind.Float,
		Kind.String,
		Kind.Tlv8,
		Kind.Data,
	];
	const readings = iids.map((iid) => slow.slowReading(iid));
	const asked = slow.read(iids.map((iid) => `1.${iid}`).join());
	equal(slow.behaviour.fetched.length, 8);
	await readings[3].resolve(3);
	equal(slow.behaviour.fetched.length, 9);
	asked.request!.expire();
	const [{ httpStatus, characteristics }] = asked.answers;
	equal(httpStatus, 207);
	same(
		characteristics,
		iids.map((iid) => entry(iid, iid === Kind.UInt32 ? { value: 3, status: 0 } : { status: HapStatus.TimedOut })),
	);
});

test("what throws when it is fetched cannot be communicated with", () => {
	const slow = new Slow();
	slow.behaviour.fetch = () => {
		throw new Error("broken");
	};
	same(slow.read(`1.${Kind.Float}`).answers, only(207, entry(Kind.Float, { status: HapStatus.CannotCommunicate })));
	equal(slow.faults.length, 1);
});

test("a promise of another's making may settle at once, and twice", () => {
	const slow = new Slow();
	const eager = {
		// biome-ignore lint/suspicious/noThenProperty: the thing itself
		then(tell: (value: Value) => void): void {
			tell(21);
			tell(22);
		},
	};
	slow.behaviour.fetches.set(Kind.Float, eager as never);
	same(slow.read(`1.${Kind.Float}`).answers, only(200, entry(Kind.Float, { value: 21 })));
});

test("a listener that throws is a fault, and the others hear", async () => {
	const slow = new Slow();
	const reading = slow.slowReading(Kind.Float);
	const [first, second] = [slow.read(`1.${Kind.Float}`), slow.read(`1.${Kind.Float}`)];
	first.request!.onReady = () => {
		throw new Error("deaf");
	};
	await reading.resolve(22);
	equal(second.answers.length, 1);
	equal((slow.faults[0] as Error).message, "deaf");
});

/* Writing */

test("a write that takes its time is waited for; its change is told then, but not to its writer", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.Bool);
	const asked = slow.write(entry(Kind.Bool, { value: true }));
	same(asked.answers, []);
	same(slow.changes, []);
	await writing.resolve(HapStatus.Success);
	same(asked.answers, [{ httpStatus: 204 }]);
	same(slow.changes, [{ aid: 1, iid: Kind.Bool, value: true, originator: slow.session }]);
});

test("a write that is refused later has changed nothing", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.Bool);
	const asked = slow.write(entry(Kind.Bool, { value: true }), entry(Kind.UInt8, { value: 5 }));
	await writing.resolve(HapStatus.Busy);
	same(asked.answers, only(207, entry(Kind.Bool, { status: HapStatus.Busy }), entry(Kind.UInt8, { status: 0 })));
	same(slow.changes.map(({ iid }) => iid), [Kind.UInt8]);
});

test("a write that fails later is -70402, and reported", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.Bool);
	const asked = slow.write(entry(Kind.Bool, { value: true }));
	await writing.reject(new Error("no relay"));
	same(asked.answers, only(207, entry(Kind.Bool, { status: HapStatus.CannotCommunicate })));
	equal(slow.faults.length, 1);
});

test("a write that takes too long is -70408; if it succeeds after all, its writer hears of the change like everybody", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.Bool);
	const asked = slow.write(entry(Kind.Bool, { value: true }));
	asked.request!.expire();
	same(asked.answers, only(207, entry(Kind.Bool, { status: HapStatus.TimedOut })));
	await writing.resolve(HapStatus.Success);
	equal(asked.answers.length, 1);
	same(slow.changes, [{ aid: 1, iid: Kind.Bool, value: true, originator: undefined }]);
});

test("the session subscribes when the write before it has succeeded", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.Bool);
	slow.write(entry(Kind.Bool, { value: true, ev: true }));
	ok(!slow.session.hasEventNotifications(1, Kind.Bool));
	await writing.resolve(HapStatus.Success);
	ok(slow.session.hasEventNotifications(1, Kind.Bool));
});

test("a write response is read when the write is over", async () => {
	const slow = new Slow();
	const writing = slow.slowWrite(Kind.WriteResponse);
	const asked = slow.write(entry(Kind.WriteResponse, { value: "AQEB", r: true }));
	slow.behaviour.readings.set(Kind.WriteResponse, "AgEC");
	await writing.resolve(HapStatus.Success);
	same(asked.answers, only(207, entry(Kind.WriteResponse, { status: 0, value: "AgEC" })));
});
