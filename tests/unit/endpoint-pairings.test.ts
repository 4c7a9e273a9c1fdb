/** POST /pairings through the server: who may, and what becomes of the sessions. */

import { fromText } from "hap/bytes/bytes";
import { encode, TlvType } from "hap/wire/tlv8";
import { Kind } from "tests/fakes/all-kinds";
import type { Controller } from "tests/fakes/controller";
import { ADMIN, EndpointAccessory, USER } from "tests/fakes/endpoint-accessory";
import { Controller as Person } from "tests/fakes/pairing-controller";
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
	const { LTPK } = Person.named(controllerId);
	const items: [number, Uint8Array][] = [
		[TlvType.Identifier, fromText(controllerId)],
		[TlvType.PublicKey, LTPK],
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

/* What is for admins only */

function subscribe(controller: Controller, ...iids: number[]): string[] {
	return controller.ask("PUT", "/characteristics", JSON.stringify({ characteristics: iids.map((iid) => ({ aid: 1, iid, ev: true })) }));
}

/** Both change, and the window passes. */
function change(accessory: EndpointAccessory, value: boolean): void {
	for (const iid of [Kind.AdminOnly, Kind.Bool])
		accessory.server.change(iid, value);
	accessory.server.advance(1000);
}

function isSubscribed({ connection }: Controller, iid: Kind): boolean {
	return connection.hasEventNotifications(1, iid);
}

test("an admin that becomes a user hears no more of what is for admins only, but of all else", () => {
	const accessory = new EndpointAccessory();
	const [admin, other, second] = [accessory.verified(), accessory.verified(USER), accessory.verified(USER)];
	same(add(admin, USER, 1), DONE);
	for (const controller of [admin, other, second])
		same(subscribe(controller, Kind.AdminOnly, Kind.Bool), ["204"]);
	change(accessory, true);
	for (const controller of [admin, other, second])
		equal(controller.hear().join(" ").includes(`1.${Kind.AdminOnly}=true`), true);
	same(add(admin, USER, 0), DONE);
	change(accessory, false);
	equal(admin.hear().join(" ").includes(`1.${Kind.AdminOnly}=false`), true);
	for (const controller of [other, second])
		same(controller.hear(), [`EVENT 1.${Kind.Bool}=false`]);
});

test("an event for admins only that waits for the window's end does not reach who is a user by then", () => {
	const accessory = new EndpointAccessory();
	const [admin, other] = [accessory.verified(), accessory.verified(USER)];
	same(add(admin, USER, 1), DONE);
	subscribe(other, Kind.AdminOnly, Kind.Bool);
	accessory.server.change(Kind.Bool, true);
	accessory.server.change(Kind.AdminOnly, true);
	same(other.hear(), [`EVENT 1.${Kind.Bool}=true`]);
	same(add(admin, USER, 0), DONE);
	accessory.server.advance(1000);
	same(other.hear(), []);
});

test("a subscription that ended with the admin's right does not come back with it", () => {
	const accessory = new EndpointAccessory();
	const [admin, other] = [accessory.verified(), accessory.verified(USER)];
	for (const permissions of [1, 0, 1]) {
		same(add(admin, USER, permissions), DONE);
		if (permissions === 1 && !isSubscribed(other, Kind.Bool))
			same(subscribe(other, Kind.AdminOnly, Kind.Bool), ["204"]);
	}
	same([isSubscribed(other, Kind.AdminOnly), isSubscribed(other, Kind.Bool)], [false, true]);
	same(subscribe(other, Kind.AdminOnly), ["204"]);
	equal(isSubscribed(other, Kind.AdminOnly), true);
});

test("a session that becomes another controller's has none of the subscriptions of the first", () => {
	const accessory = new EndpointAccessory();
	const controller = accessory.verified();
	subscribe(controller, Kind.AdminOnly, Kind.Bool);
	accessory.verify(controller, ADMIN);
	same([isSubscribed(controller, Kind.AdminOnly), isSubscribed(controller, Kind.Bool)], [true, true], "the same one's");
	accessory.verify(controller, USER);
	same([isSubscribed(controller, Kind.AdminOnly), isSubscribed(controller, Kind.Bool)], [false, false]);
	change(accessory, true);
	same(controller.hear(), []);
});

test("removing who is not there is done, and ends nobody's session", () => {
	const accessory = new EndpointAccessory();
	const [admin, user] = [accessory.verified(), accessory.verified(USER)];
	same(pairings(admin, REMOVE, "nobody"), DONE);
	same([admin.isClosed, user.isClosed], [false, false]);
});
