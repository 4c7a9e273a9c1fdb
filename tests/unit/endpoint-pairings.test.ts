/** POST /pairings through the server: who may, and what becomes of the sessions. */

import { fromText } from "hap/bytes/bytes";
import { encode, TlvType } from "hap/wire/tlv8";
import type { Controller } from "tests/fakes/controller";
import { ADMIN, EndpointAccessory, USER } from "tests/fakes/endpoint-accessory";
import { VerifyController } from "tests/fakes/verify-controller";
import { equal, same, test } from "tests/harness";

const ADD = 3;
const REMOVE = 4;
const LIST = 5;
const DONE = [6, 1, 2];
const NOT_ADMIN = [6, 1, 2, 7, 1, 2];

function bodyOf(method: number, ...more: [number, Uint8Array][]): Uint8Array {
	return encode([[TlvType.State, Uint8Array.of(1)], [TlvType.Method, Uint8Array.of(method)], ...more]);
}

function removal(controllerId: string): Uint8Array {
	return bodyOf(REMOVE, [TlvType.Identifier, fromText(controllerId)]);
}

function pairings(controller: Controller, method: number, controllerId?: string): number[] {
	return ask(controller, controllerId ? removal(controllerId) : bodyOf(method));
}

/** Adds a controller whose key follows from its name. */
function add(controller: Controller, controllerId: string, permissions: number): number[] {
	const { controllerLTPK } = new VerifyController(controllerId).pairing(permissions);
	const items: [number, Uint8Array][] = [
		[TlvType.Identifier, fromText(controllerId)],
		[TlvType.PublicKey, controllerLTPK],
		[TlvType.Permissions, Uint8Array.of(permissions)],
	];
	return ask(controller, bodyOf(ADD, ...items));
}

function ask(controller: Controller, message: Uint8Array): number[] {
	controller.send("POST", "/pairings", message);
	const [{ status, headers, body }] = controller.hearMessages();
	same([status, headers.get("content-type")], [200, "application/pairing+tlv8"]);
	return [...body];
}

test("an admin lists them, and who is none is told so", () => {
	const accessory = new EndpointAccessory();
	const list = pairings(accessory.verified(), LIST);
	same(list.slice(0, 5), [...DONE, TlvType.Identifier, ADMIN.length]);
	same(pairings(accessory.verified(USER), LIST), NOT_ADMIN);
});

for (const body of [[], [6, 1, 1], [6, 1, 3, 0, 1, 5], [6, 1, 1, 0, 1, 9], [0, 1, 5], [6, 1]])
	test(`[${body}] is no request: 400, and the session goes on`, () => {
		const controller = new EndpointAccessory().verified();
		same(controller.ask("POST", "/pairings", Uint8Array.from(body)), ["400"]);
		same(pairings(controller, LIST).slice(0, 3), DONE);
	});

test("a controller that is removed loses its sessions at once", () => {
	const accessory = new EndpointAccessory();
	const [admin, one, other] = [accessory.verified(), accessory.verified(USER), accessory.verified(USER)];
	same(pairings(admin, REMOVE, USER), DONE);
	same([admin, one, other].map(({ isClosed }) => isClosed), [false, true, true]);
	equal(accessory.pairings.find(USER), undefined);
});

test("the last admin's removal ends every session, its own behind the answer", () => {
	const accessory = new EndpointAccessory();
	const [admin, user, stranger] = [accessory.verified(), accessory.verified(USER), accessory.server.connect()];
	same(pairings(admin, REMOVE, ADMIN), DONE);
	same([admin, user, stranger].map(({ isClosed }) => isClosed), [true, true, false]);
	equal(accessory.pairings.isPaired, false);
	same(stranger.ask("POST", "/identify"), ["204"]);
});

test("the answer behind which a session ends with its pairing says so", () => {
	const controller = new EndpointAccessory().verified();
	controller.send("POST", "/pairings", removal(ADMIN));
	const [{ headers }] = controller.hearMessages();
	equal(headers.get("connection"), "close");
});

test("the last admin makes itself a user: all pairings go, and all sessions, its own behind the answer", () => {
	const accessory = new EndpointAccessory();
	const [admin, user] = [accessory.verified(), accessory.verified(USER)];
	same(add(admin, ADMIN, 0), DONE);
	same([admin.isClosed, user.isClosed], [true, true]);
	equal(accessory.pairings.isPaired, false);
});

test("an admin that another one makes a user is refused in its running sessions, which stay", () => {
	const accessory = new EndpointAccessory();
	const [admin, other] = [accessory.verified(), accessory.verified(USER)];
	same(add(admin, USER, 1), DONE);
	same(pairings(other, LIST).slice(0, 3), DONE);
	same(add(admin, USER, 0), DONE);
	same(pairings(other, LIST), NOT_ADMIN);
	same(add(other, USER, 1), NOT_ADMIN);
	equal(other.ask("GET", "/accessories").length, 1);
});

test("removing who is not there is done, and ends nobody's session", () => {
	const accessory = new EndpointAccessory();
	const [admin, user] = [accessory.verified(), accessory.verified(USER)];
	same(pairings(admin, REMOVE, "nobody"), DONE);
	same([admin.isClosed, user.isClosed], [false, false]);
});
