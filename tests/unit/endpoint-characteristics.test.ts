/** GET and PUT /characteristics, PUT /prepare and GET /accessories through the server. */

import { toText } from "hap/bytes/bytes";
import { Kind, SECOND } from "tests/fakes/all-kinds";
import { EndpointAccessory, USER } from "tests/fakes/endpoint-accessory";
import { equal, ok, same, test } from "tests/harness";

const WINDOW_MS = 250;

function write(...characteristics: unknown[]): string {
	return JSON.stringify({ characteristics });
}

function timed(pid: unknown, iid: number, value: unknown): string {
	return JSON.stringify({ characteristics: [{ aid: 1, iid, value }], pid });
}

function entries(...list: string[]): string {
	return `{"characteristics":[${list.join(",")}]}`;
}

for (
	const [query, expected] of [
		[`id=1.${Kind.Bool}`, `200 ${entries(`{"aid":1,"iid":${Kind.Bool},"value":false}`)}`],
		[`meta=0&ev=1&id=1.${Kind.Bool}`, `200 ${entries(`{"aid":1,"iid":${Kind.Bool},"ev":false,"value":false}`)}`],
		[
			`id=1.${Kind.Bool},1.999,1.${Kind.WriteOnly}`,
			`207 ${
				entries(
					`{"aid":1,"iid":${Kind.Bool},"value":false,"status":0}`,
					'{"aid":1,"iid":999,"status":-70409}',
					`{"aid":1,"iid":${Kind.WriteOnly},"status":-70405}`,
				)
			}`,
		],
		["", "400"],
		["meta=1", "400"],
		["id=", "400"],
		["id=1", "400"],
		["id=1.", "400"],
		["id=.1", "400"],
		["id=1.2.3", "400"],
		["id=1.a", "400"],
		["id=-1.2", "400"],
		["id=1.2,", "400"],
		["id=1.2&meta=maybe", "400"],
	] as const
)
	test(`GET ?${query} is ${expected.slice(0, 3)}, and the session goes on`, () => {
		const controller = new EndpointAccessory().verified();
		same(controller.ask("GET", `/characteristics?${query}`), [expected]);
		equal(controller.isClosed, false);
	});

test("an answer to a read is HAP's JSON", () => {
	const controller = new EndpointAccessory().verified();
	controller.send("GET", `/characteristics?id=1.${Kind.Bool}`);
	const [{ headers }] = controller.hearMessages();
	equal(headers.get("content-type"), "application/hap+json");
});

for (
	const [what, body, expected] of [
		["a write", write({ aid: 1, iid: Kind.Bool, value: true }), "204"],
		["keys that nobody knows", write({ aid: 1, iid: Kind.Bool, value: true, colour: "red", remote: true, authData: "AQ==" }), "204"],
		["white space", ' \r\n\t{ "characteristics" : [ ] } ', "204"],
		["an empty list", write(), "204"],
		[
			"a read-only one",
			write({ aid: 1, iid: Kind.ReadOnly, value: true }),
			`207 ${entries(`{"aid":1,"iid":${Kind.ReadOnly},"status":-70404}`)}`,
		],
		["no body", "", "400"],
		["no JSON", "{", "400"],
		["JSON that is no object", "[]", "400"],
		["no list", "{}", "400"],
		["a missing iid", write({ aid: 1, value: true }), "400"],
		["nothing to do", write({ aid: 1, iid: Kind.Bool }), "400"],
		["a characteristic twice", write({ aid: 1, iid: Kind.Bool, value: true }, { aid: 1, iid: Kind.Bool, value: false }), "400"],
		["JSON nested too deep", `{"characteristics":${"[".repeat(50)}${"]".repeat(50)}}`, "400"],
		["bytes that are no text", Uint8Array.of(0x7b, 0xff, 0x7d), "400"],
	] as const
)
	test(`PUT of ${what} is ${expected.slice(0, 3)}, and the session goes on`, () => {
		const accessory = new EndpointAccessory();
		const controller = accessory.verified();
		same(controller.ask("PUT", "/characteristics", body), [expected]);
		equal(controller.isClosed, false);
		equal(accessory.server.behaviour.written.length, expected === "204" && body.includes("value" as never) ? 1 : 0);
	});

test("nothing of a malformed write is done", () => {
	const accessory = new EndpointAccessory();
	same(accessory.verified().ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, value: true }, {})), ["400"]);
	same(accessory.server.behaviour.written, []);
});

test("a subscription over the wire: nothing for subscribing, the others' changes, not the own ones, nothing after the end", () => {
	const accessory = new EndpointAccessory();
	const { server } = accessory;
	const [one, other] = [accessory.verified(), accessory.verified(USER)];
	same(one.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, ev: true }, { aid: SECOND, iid: Kind.Bool, ev: 1 })), ["204"]);
	server.advance(WINDOW_MS);
	same(one.hear(), []);
	same(one.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, value: true })), ["204"]);
	server.advance(WINDOW_MS);
	same([one.hear(), other.hear()], [[], []]);
	same(other.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, value: false }, { aid: SECOND, iid: Kind.Bool, value: 1 })), [
		"204",
	]);
	same(one.hear(), [`EVENT ${SECOND}.${Kind.Bool}=true 1.${Kind.Bool}=false`]);
	same(one.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, ev: false })), ["204"]);
	server.change(Kind.Bool, true);
	server.advance(WINDOW_MS);
	same(one.hear(), []);
});

test("writing a value and unsubscribing in one request are both done", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.verified();
	controller.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, ev: true }));
	same(controller.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, value: true, ev: false })), ["204"]);
	same(accessory.server.behaviour.written, [`1.${Kind.Bool}=true`]);
	equal(controller.connection.hasEventNotifications(1, Kind.Bool), false);
});

const PREPARED = '200 {"status":0}';
const LATE = `207 ${entries(`{"aid":1,"iid":${Kind.Timed},"status":-70410}`)}`;

test("a prepared write is done once", () => {
	const controller = new EndpointAccessory().verified();
	same(controller.ask("PUT", "/prepare", '{"ttl":1000,"pid":7}'), [PREPARED]);
	same(controller.ask("PUT", "/characteristics", timed(7, Kind.Timed, 1)), ["204"]);
	same(controller.ask("PUT", "/characteristics", timed(7, Kind.Timed, 2)), [LATE]);
});

test("a pid of 64 bits is prepared and met", () => {
	const controller = new EndpointAccessory().verified();
	same(controller.ask("PUT", "/prepare", '{"ttl":1000,"pid":18446744073709551615}'), [PREPARED]);
	const body = timed(0, Kind.Timed, 1).replace('"pid":0', '"pid":18446744073709551615');
	same(controller.ask("PUT", "/characteristics", body), ["204"]);
});

test("a prepared write is done until its time is over", () => {
	for (const [waited, expected] of [[1000, "204"], [1001, LATE]] as const) {
		const accessory = new EndpointAccessory();
		const controller = accessory.verified();
		controller.ask("PUT", "/prepare", '{"ttl":1000,"pid":7}');
		accessory.server.advance(waited);
		same(controller.ask("PUT", "/characteristics", timed(7, Kind.Timed, 1)), [expected]);
	}
});

test("another session's prepare does not count, nor does another pid, nor none", () => {
	const accessory = new EndpointAccessory();
	const [one, other] = [accessory.verified(), accessory.verified()];
	one.ask("PUT", "/prepare", '{"ttl":1000,"pid":7}');
	same(other.ask("PUT", "/characteristics", timed(7, Kind.Timed, 1)), [LATE]);
	same(one.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Timed, value: 1 })), [LATE]);
	same(one.ask("PUT", "/characteristics", timed(8, Kind.Timed, 1)), [LATE]);
	same(accessory.server.behaviour.written, []);
});

test("a write with another pid, or a malformed one, does not spend what was prepared", () => {
	const controller = new EndpointAccessory().verified();
	controller.ask("PUT", "/prepare", '{"ttl":1000,"pid":7}');
	same(controller.ask("PUT", "/characteristics", timed(8, Kind.Timed, 1)), [LATE]);
	same(controller.ask("PUT", "/characteristics", '{"pid":7}'), ["400"]);
	same(controller.ask("PUT", "/characteristics", timed(7, Kind.Timed, 1)), ["204"]);
});

test("a second prepare takes the first one's place", () => {
	const controller = new EndpointAccessory().verified();
	for (const pid of [7, 8])
		controller.ask("PUT", "/prepare", `{"ttl":1000,"pid":${pid}}`);
	same(controller.ask("PUT", "/characteristics", timed(7, Kind.Timed, 1)), [LATE]);
	same(controller.ask("PUT", "/characteristics", timed(8, Kind.Timed, 1)), ["204"]);
});

for (
	const body of ["", "{}", "[]", '{"ttl":0,"pid":7}', '{"ttl":1000}', '{"pid":7}', '{"ttl":"1000","pid":7}', '{"ttl":1000,"pid":"7"}', "{"]
)
	test(`prepare of ${body || "nothing"} is 400`, () => same(new EndpointAccessory().verified().ask("PUT", "/prepare", body), ["400"]));

test("the database goes out in chunks, and is the same in any room", () => {
	const texts = [undefined, 82, 100, 1042].map((room) => {
		const controller = new EndpointAccessory().verified();
		controller.socket.setRoom(room);
		controller.send("GET", "/accessories");
		for (let i = 0; i < 500; i++)
			controller.socket.setRoom(room);
		const [{ status, headers, body }] = controller.hearMessages();
		same([status, headers.get("content-type"), headers.get("transfer-encoding")], [200, "application/hap+json", "chunked"]);
		return toText(body);
	});
	ok(texts.every((text) => text === texts[0]));
	same(JSON.parse(texts[0]).accessories.map(({ aid }: { aid: number; }) => aid), [1, SECOND]);
});

test("code of the accessory that fails costs one status, and is a fault", () => {
	const accessory = new EndpointAccessory();
	accessory.server.behaviour.failing.add(Kind.Bool);
	const controller = accessory.verified();
	same(controller.ask("PUT", "/characteristics", write({ aid: 1, iid: Kind.Bool, value: true })), [
		`207 ${entries(`{"aid":1,"iid":${Kind.Bool},"status":-70402}`)}`,
	]);
	same(controller.ask("GET", `/characteristics?id=1.${Kind.Bool}`), [
		`207 ${entries(`{"aid":1,"iid":${Kind.Bool},"status":-70402}`)}`,
	]);
	equal(accessory.server.faults.length, 2);
});
