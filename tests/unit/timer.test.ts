/** The host's timers do what the SDK's documentation says of its `timer` module. */

import Timer from "timer";
import { collectGarbage } from "host:process";
import { connect, until } from "tests/fakes/loopback";
import { equal, same, sleep, test, throws } from "tests/harness";

const QUIET_MS = 30;

test("a timer calls back once, with itself", async () => {
	const seen: unknown[] = [];
	const timer = Timer.set((self) => seen.push(self), 1);
	await sleep(QUIET_MS);
	same(seen.length, 1);
	equal(seen[0], timer);
});

test("without an interval it calls back in the next turn, not at once", async () => {
	let calls = 0;
	Timer.set(() => calls++);
	equal(calls, 0);
	await until(() => calls === 1, "the callback");
});

test("timers call back in the order of their time", async () => {
	const order: string[] = [];
	Timer.set(() => order.push("late"), 12);
	Timer.set(() => order.push("early"), 2);
	Timer.set(() => order.push("between"), 7);
	await until(() => order.length === 3, "three callbacks");
	same(order, ["early", "between", "late"]);
});

test("those of the same time call back in the order they were made", async () => {
	const order: number[] = [];
	for (let i = 0; i < 5; i++)
		Timer.set(() => order.push(i), 0);
	await until(() => order.length === 5, "five callbacks");
	same(order, [0, 1, 2, 3, 4]);
});

test("promise jobs of a callback run before the next timer", async () => {
	const order: string[] = [];
	Timer.set(() => {
		Promise.resolve().then(() => order.push("job"));
	}, 0);
	Timer.set(() => order.push("timer"), 0);
	await until(() => order.length === 2, "both");
	same(order, ["job", "timer"]);
});

test("a repeating timer goes on until it is cleared in its own callback", async () => {
	let calls = 0;
	Timer.repeat((self) => {
		if (++calls === 3)
			Timer.clear(self);
	}, 1);
	await until(() => calls === 3, "three calls");
	await sleep(QUIET_MS);
	equal(calls, 3);
});

test("set with a repeat is a repeating timer", async () => {
	let calls = 0;
	const timer = Timer.set(() => calls++, 0, 1);
	await until(() => calls >= 3, "three calls");
	Timer.clear(timer);
	const then = calls;
	await sleep(QUIET_MS);
	equal(calls, then);
});

test("a cleared timer does not call back, and may be cleared again", async () => {
	let calls = 0;
	const timer = Timer.set(() => calls++, 1);
	Timer.clear(timer);
	Timer.clear(timer);
	await sleep(QUIET_MS);
	equal(calls, 0);
});

test("clearing nothing, and one that has called back, does no harm", async () => {
	Timer.clear(undefined);
	Timer.clear(null);
	const timer = Timer.set(() => {}, 0);
	await sleep(QUIET_MS);
	Timer.clear(timer);
});

test("a callback clears another timer that is due at the same time", async () => {
	const order: string[] = [];
	let second: Timer | undefined;
	Timer.set(() => {
		order.push("first");
		Timer.clear(second);
	}, 1);
	second = Timer.set(() => order.push("second"), 1);
	await sleep(QUIET_MS);
	same(order, ["first"]);
});

test("a callback may clear itself twice and set another", async () => {
	const order: string[] = [];
	Timer.repeat((self) => {
		Timer.clear(self);
		Timer.clear(self);
		order.push("first");
		Timer.set(() => order.push("second"), 0);
	}, 1);
	await until(() => order.length === 2, "both");
	same(order, ["first", "second"]);
});

test("schedule moves a timer", async () => {
	const order: string[] = [];
	const moved = Timer.set(() => order.push("moved"), 1);
	Timer.schedule(moved, 20);
	Timer.set(() => order.push("other"), 5);
	await until(() => order.length === 2, "both");
	same(order, ["other", "moved"]);
});

test("schedule in its own callback keeps a timer that was to call once", async () => {
	let calls = 0;
	Timer.set((self) => {
		if (++calls < 3)
			Timer.schedule(self, 1);
	}, 1);
	await until(() => calls === 3, "three calls");
	await sleep(QUIET_MS);
	equal(calls, 3);
});

test("schedule with an interval alone ends a repetition", async () => {
	let calls = 0;
	const timer = Timer.repeat(() => calls++, 1);
	Timer.schedule(timer, 1);
	await sleep(QUIET_MS);
	equal(calls, 1);
});

test("schedule without an interval parks a timer until it is scheduled again", async () => {
	let calls = 0;
	const timer = Timer.set(() => calls++, 1);
	Timer.schedule(timer);
	collectGarbage();
	await sleep(QUIET_MS);
	equal(calls, 0);
	Timer.schedule(timer, 1);
	await until(() => calls === 1, "the callback");
});

test("a timer parks itself in its callback", async () => {
	let calls = 0;
	const timer = Timer.repeat((self) => {
		calls++;
		Timer.schedule(self);
	}, 1);
	await sleep(QUIET_MS);
	equal(calls, 1);
	Timer.schedule(timer, 1);
	await until(() => calls === 2, "the second call");
	Timer.clear(timer);
});

test("what is no timer, or none any more, is not scheduled", () => {
	const timer = Timer.set(() => {}, 1000);
	Timer.clear(timer);
	throws(() => Timer.schedule(timer, 1), TypeError);
	throws(() => Timer.schedule({} as Timer, 1), TypeError);
	throws(() => Timer.schedule(undefined as unknown as Timer, 1), TypeError);
	throws(() => Timer.clear({} as Timer), TypeError);
});

test("a callback that is no function is refused", () => {
	throws(() => Timer.set(undefined as never, 1), TypeError);
	throws(() => Timer.set({} as never, 1), TypeError);
});

test("a timer that nobody holds survives a collection", async () => {
	let calls = 0;
	Timer.set(() => calls++, 1);
	collectGarbage();
	await until(() => calls === 1, "the callback");
});

test("a timer that sets itself again to 0 does not starve sockets", async () => {
	const { client, server, close } = await connect();
	let isRunning = true;
	const again = () => {
		if (isRunning)
			Timer.set(again, 0);
	};
	again();
	client.socket.write(Uint8Array.of(1, 2, 3));
	await until(() => server.received.length === 3, "three bytes");
	isRunning = false;
	close();
});

test("timers of 0 that set each other again leave the others their turn", async () => {
	let isRunning = true;
	let calls = 0;
	const again = () => {
		if (isRunning)
			Timer.set(again, 0);
	};
	again();
	again();
	Timer.repeat((self) => {
		if (++calls === 3)
			Timer.clear(self);
	}, 1);
	await until(() => calls === 3, "three calls");
	isRunning = false;
});
