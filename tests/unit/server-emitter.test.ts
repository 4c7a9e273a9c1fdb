import type { Piece } from "hap/server/outgoing";
import { Emitter } from "hap/server/emitter";
import { HAPResponse } from "hap/server/hap-response";
import { equal, same, test } from "tests/harness";

interface Events {
	told(what: string, count: number): void;
	other(): void;
}

class Teller extends Emitter<Events> {
	tell(what: string, count = 1): boolean {
		return this.emit("told", what, count);
	}
}

test("listeners hear in the order in which they came, with all parameters", () => {
	const teller = new Teller();
	const heard: string[] = [];
	same(teller.on("told", (what, count) => heard.push(`a ${what} ${count}`)), teller);
	teller.on("told", (what) => heard.push(`b ${what}`)).on("other", () => heard.push("other"));
	equal(teller.tell("x", 3), true);
	same(heard, ["a x 3", "b x"]);
});

test("whether anybody listened is answered", () => {
	const teller = new Teller();
	equal(teller.tell("x"), false);
	const listener = () => {};
	teller.on("other", listener);
	equal(teller.tell("x"), false);
	teller.on("told", listener);
	equal(teller.tell("x"), true);
	teller.off("told", listener);
	equal(teller.tell("x"), false);
});

test("a listener that left hears no more, and one that never came may leave", () => {
	const teller = new Teller();
	const heard: string[] = [];
	const one = () => heard.push("one");
	teller.off("told", one);
	teller.on("told", one).on("told", () => heard.push("two"));
	teller.off("told", one).off("told", one);
	teller.tell("x");
	same(heard, ["two"]);
});

test("a listener that leaves while it hears takes nobody else along", () => {
	const teller = new Teller();
	const heard: string[] = [];
	const once = () => {
		heard.push("once");
		teller.off("told", once);
	};
	teller.on("told", once).on("told", () => heard.push("always"));
	teller.tell("x");
	teller.tell("y");
	same(heard, ["once", "always", "always"]);
});

/** What an answer hands to its connection. */
function sentBy(answer: (response: HAPResponse) => void): unknown[] {
	const sent: unknown[] = [];
	answer(
		new HAPResponse({
			sendResponse: (status: number, contentType: string | undefined, body: Piece | Iterator<Piece> | undefined) =>
				sent.push([status, contentType, body]),
		}),
	);
	return sent;
}

const TLV = Uint8Array.of(6, 1, 2);

for (
	const [what, answer, expected] of [
		["an empty answer", (response: HAPResponse) => response.sendEmpty(204), [204, undefined, undefined]],
		["JSON", (response: HAPResponse) => response.sendJson(207, "{}"), [207, "application/hap+json", "{}"]],
		["TLV8", (response: HAPResponse) => response.sendTlv(TLV), [200, "application/pairing+tlv8", TLV]],
		["a HAP status", (response: HAPResponse) => response.sendStatus(470, -70401), [470, "application/hap+json", '{"status":-70401}']],
	] as const
)
	test(`${what} goes out as what it is`, () => same(sentBy(answer), [expected]));

test("only the first answer goes out", () => {
	const sent = sentBy((response) => {
		response.sendEmpty(204);
		response.sendStatus(500, 0);
	});
	same(sent, [[204, undefined, undefined]]);
});
