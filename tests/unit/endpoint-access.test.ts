/** Who may ask what: paths, methods, and sessions that are not verified. */

import { Kind } from "tests/fakes/all-kinds";
import type { Controller } from "tests/fakes/controller";
import { ADMIN, EndpointAccessory, USER } from "tests/fakes/endpoint-accessory";
import { Controller as Person, VerifyDialogue } from "tests/fakes/pairing-controller";
import { equal, ok, same, test } from "tests/harness";

const UNAUTHORIZED = '470 {"status":-70401}';
const NO_TLV = Uint8Array.of(6);

/** What each endpoint answers to each method, before and after pair-verify. `served` stands for what other tests check. */
for (
	const [path, served, isOpen] of [
		["/accessories", ["GET"], false],
		[`/characteristics?id=1.${Kind.Bool}`, ["GET", "PUT"], false],
		["/identify", ["POST"], true],
		["/pair-setup", ["POST"], true],
		["/pair-verify", ["POST"], true],
		["/pairings", ["POST"], false],
		["/prepare", ["PUT"], false],
		["/resource", [], false],
		["/", [], false],
		["//", [], false],
		["/accessories/", [], false],
		["/Accessories", [], false],
		["/__proto__", [], false],
		["/constructor", [], false],
	] as const
)
	for (const method of ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"]) {
		const isServed = (served as readonly string[]).includes(method);
		const isKnown = served.length > 0;

		test(`${method} ${path}, not verified, is ${isOpen ? (isServed ? "served" : "405") : "470"}`, () => {
			const controller = new EndpointAccessory().server.connect();
			checkAnswer(controller, method, path, isOpen ? (isServed ? undefined : "405") : UNAUTHORIZED);
		});

		test(`${method} ${path}, verified, is ${isServed ? "served" : isKnown ? "405" : "404"}`, () => {
			checkAnswer(new EndpointAccessory().verified(), method, path, isServed ? undefined : isKnown ? "405" : "404");
		});
	}

/** The session goes on behind every one of them. */
function checkAnswer(controller: Controller, method: string, path: string, expected: string | undefined): void {
	controller.send(method, path, method === "GET" ? "" : NO_TLV);
	const [message, ...more] = controller.hearMessages();
	equal(more.length, 0);
	const { status, body } = message;
	if (expected === undefined)
		ok(![404, 405, 470, 500].includes(status), `status ${status}`);
	else
		equal(`${status}${body.length > 0 ? ` ${String.fromCharCode(...body)}` : ""}`, expected);
	equal(controller.isClosed, false);
}

test("identify of an unpaired accessory runs it", () => {
	const accessory = new EndpointAccessory(false);
	same(accessory.server.connect().ask("POST", "/identify"), ["204"]);
	equal(accessory.identified, 1);
});

test("identify of a paired accessory is refused, to verified controllers too", () => {
	const accessory = new EndpointAccessory();
	for (const controller of [accessory.server.connect(), accessory.verified()])
		same(controller.ask("POST", "/identify"), ['400 {"status":-70401}']);
	equal(accessory.identified, 0);
});

test("an accessory that fails to identify itself is 500 and a fault, and the connection goes on", () => {
	const accessory = new EndpointAccessory(false);
	accessory.identify = () => {
		throw new Error("no lamp");
	};
	const controller = accessory.server.connect();
	same([controller.ask("POST", "/identify"), controller.ask("GET", "/identify")], [["500"], ["405"]]);
	equal((accessory.server.faults[0] as Error).message, "no lamp");
});

test("pair-verify, message by message: the last answer is plain, what follows comes in frames", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.verified();
	equal(controller.connection.username, ADMIN);
	equal(controller.connection.isAuthenticated(), true);
	same(controller.ask("GET", `/characteristics?id=1.${Kind.Bool}`), [
		`200 {"characteristics":[{"aid":1,"iid":${Kind.Bool},"value":false}]}`,
	]);
});

test("pair-verify of a verified session: the old keys carry it, the new ones what follows", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.verified();
	const verify = new VerifyDialogue(Person.named(USER), accessory.identity.accessoryLTPK);
	controller.send("POST", "/pair-verify", verify.M1());
	const [M2] = controller.hearMessages();
	controller.send("POST", "/pair-verify", verify.M3(M2.body));
	const [M4] = controller.hearMessages();
	controller.secure(verify.finish(M4.body));
	equal(controller.connection.username, USER);
	equal(controller.ask("GET", "/accessories").length, 1);
});

test("a stranger is not verified, and stays outside", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.server.connect();
	const stranger = new VerifyDialogue(Person.named("a stranger"), accessory.identity.accessoryLTPK);
	controller.send("POST", "/pair-verify", stranger.M1());
	const [M2] = controller.hearMessages();
	controller.send("POST", "/pair-verify", stranger.M3(M2.body));
	const [{ status, headers, body }] = controller.hearMessages();
	same([status, headers.get("content-type"), body], [200, "application/pairing+tlv8", Uint8Array.of(6, 1, 4, 7, 1, 2)]);
	same(controller.ask("GET", "/accessories"), [UNAUTHORIZED]);
});

/** TLV8: type, length, value; 6 is the state. */
for (
	const [what, path, body] of [
		["no body", "/pair-verify", []],
		["a body cut short", "/pair-verify", [6, 1]],
		["no state", "/pair-verify", [0, 1, 0]],
		["M3 before M1", "/pair-verify", [6, 1, 3, 5, 1, 0]],
		["a short key", "/pair-verify", [6, 1, 1, 3, 1, 9]],
		["no body", "/pair-setup", []],
		["a body cut short", "/pair-setup", [6, 2, 1]],
		["M3 before M1", "/pair-setup", [6, 1, 3]],
		["M5 before M1", "/pair-setup", [6, 1, 5]],
	] as const
)
	test(`${path} with ${what} is 400, and the connection goes on`, () => {
		const controller = new EndpointAccessory().server.connect();
		same(controller.ask("POST", path, Uint8Array.from(body)), ["400"]);
		equal(controller.isClosed, false);
	});

const SETUP_M1 = Uint8Array.of(6, 1, 1, 0, 1, 0);

function stateAndError(controller: Controller): number[] {
	controller.send("POST", "/pair-setup", SETUP_M1);
	const [{ status, headers, body }] = controller.hearMessages();
	same([status, headers.get("content-type")], [200, "application/pairing+tlv8"]);
	return [...(body.length > 6 ? body.subarray(0, 4) : body)];
}

test("pair-setup begins for one connection, and another is told that it is busy", () => {
	const { server } = new EndpointAccessory(false);
	const [one, other] = [server.connect(), server.connect()];
	same(stateAndError(one), [6, 1, 2, 3], "M2, and a public key");
	same(stateAndError(other), [6, 1, 2, 7, 1, 7], "M2, and the error Busy");
	server.advance(30_000);
	same(stateAndError(other), [6, 1, 2, 3], "the holder was silent for too long");
});

test("pair-setup of a paired accessory is unavailable", () => {
	same(stateAndError(new EndpointAccessory().server.connect()), [6, 1, 2, 7, 1, 6]);
});
