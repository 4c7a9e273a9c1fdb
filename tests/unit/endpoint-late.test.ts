/** Answers that wait for the accessory's own code: the others are served meanwhile, and nothing waits for ever. */

import type { Value } from "hap/model/types";
import { Kind } from "tests/fakes/all-kinds";
import { Deferred } from "tests/fakes/deferred";
import { ADMIN, EndpointAccessory, USER } from "tests/fakes/endpoint-accessory";
import { equal, same, sleep, test } from "tests/harness";

const FLOAT = `/characteristics?id=1.${Kind.Float}`;
const WITHIN_MS = 40;

class SlowAccessory extends EndpointAccessory {
	readonly answerWithinMS = WITHIN_MS;
	readonly reading = new Deferred<Value>();

	constructor() {
		super();
		this.server.behaviour.fetches.set(Kind.Float, this.reading.promise);
	}
}

function value(iid: number, shown: Value, more = ""): string {
	return `{"characteristics":[{"aid":1,"iid":${iid},"value":${JSON.stringify(shown)}${more}}]}`;
}

const subscription = (iid: number) => JSON.stringify({ characteristics: [{ aid: 1, iid, ev: true }] });

test("while one session waits for an answer, another is served", async () => {
	const accessory = new SlowAccessory();
	const [slow, other] = [accessory.verified(), accessory.verified(USER)];
	same(slow.ask("GET", FLOAT), []);
	same(other.ask("GET", `/characteristics?id=1.${Kind.Bool}`), [`200 ${value(Kind.Bool, false)}`]);
	await accessory.reading.resolve(21);
	same(slow.hear(), [`200 ${value(Kind.Float, 21)}`]);
});

test("events go on to others, and to the one that waits after its answer", async () => {
	const accessory = new SlowAccessory();
	const [slow, other] = [accessory.verified(), accessory.verified(USER)];
	for (const controller of [slow, other])
		controller.ask("PUT", "/characteristics", subscription(Kind.Bool));
	slow.send("GET", FLOAT);
	accessory.database.update(1, Kind.Bool, true);
	same(other.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	same(slow.hear(), []);
	await accessory.reading.resolve(21);
	same(slow.hear(), [`200 ${value(Kind.Float, 21)}`, `EVENT 1.${Kind.Bool}=true`]);
});

test("what the session sends while it waits is served after its answer", async () => {
	const accessory = new SlowAccessory();
	const slow = accessory.verified();
	slow.send("GET", FLOAT);
	slow.send("GET", `/characteristics?id=1.${Kind.Bool}`);
	same(slow.hear(), []);
	await accessory.reading.resolve(21);
	same(slow.hear(), [`200 ${value(Kind.Float, 21)}`, `200 ${value(Kind.Bool, false)}`]);
});

test("what takes too long is -70408, and the session goes on", async () => {
	const accessory = new SlowAccessory();
	const slow = accessory.verified();
	slow.send("GET", FLOAT);
	await sleep(2 * WITHIN_MS);
	same(slow.hear(), [`207 {"characteristics":[{"aid":1,"iid":${Kind.Float},"status":-70408}]}`]);
	await accessory.reading.resolve(21);
	same(slow.hear(), []);
	same(slow.ask("GET", `/characteristics?id=1.${Kind.Bool}`), [`200 ${value(Kind.Bool, false)}`]);
});

test("a connection that closes while it waits leaves nothing behind", async () => {
	const accessory = new SlowAccessory();
	const slow = accessory.verified();
	slow.send("GET", FLOAT);
	slow.connection.close();
	same((accessory.database as unknown as { laters: unknown[]; }).laters, []);
	await accessory.reading.resolve(21);
	await sleep(2 * WITHIN_MS);
	same(accessory.server.faults, []);
	equal(accessory.server.connections.length, 0);
});

test("a pairing that is removed ends its waiting sessions at once", async () => {
	const accessory = new SlowAccessory();
	const slow = accessory.verified(ADMIN);
	slow.send("GET", FLOAT);
	accessory.onPairingsRemoved([ADMIN], accessory.verified(USER).connection);
	equal(slow.isClosed, true);
	await accessory.reading.resolve(21);
	same(accessory.server.faults, []);
});

test("a write that takes its time is answered when it is done, and others hear of it", async () => {
	const accessory = new SlowAccessory();
	const writing = new Deferred<number>();
	accessory.server.behaviour.laterWrites.set(Kind.Bool, writing.promise);
	const [slow, other] = [accessory.verified(), accessory.verified(USER)];
	for (const controller of [slow, other])
		controller.ask("PUT", "/characteristics", subscription(Kind.Bool));
	slow.send("PUT", "/characteristics", JSON.stringify({ characteristics: [{ aid: 1, iid: Kind.Bool, value: true }] }));
	same(slow.hear(), []);
	await writing.resolve(0);
	same(slow.hear(), ["204"]);
	same(other.hear(), [`EVENT 1.${Kind.Bool}=true`]);
});

test("GET /accessories does not wait: it shows what was last known", () => {
	const accessory = new SlowAccessory();
	const controller = accessory.verified();
	controller.send("GET", "/accessories");
	const [answer] = controller.hear();
	equal(answer.startsWith("200 "), true);
	same(accessory.server.behaviour.fetched, []);
});
