/** POST /pairings. HAP R2 "Add Pairing", "Remove Pairing", "List Pairings"; */

import { MalformedError } from "hap/bytes/bytes";
import { PairingError, PairState } from "hap/pairing/pairing-tlv";
import { Permission } from "hap/pairing/pairings";
import { handlePairings } from "hap/pairing/pairings-procedure";
import { TlvType } from "hap/wire/tlv8";
import { addPairingBody, Controller, listPairingsBody, removePairingBody, utf8 } from "tests/fakes/pairing-controller";
import { isRefused, PairingAccessory } from "tests/fakes/pairing-accessory";
import { readItems, readTlv, writeTlv } from "tests/fakes/tlv";
import { equal, same, test, throws } from "tests/harness";
import { listOf } from "tests/fakes/pairing-list";

const Admin = Permission.Admin;
const User = Permission.User;
const ADMIN = new Controller(1);
const USER = new Controller(2);
const NEW = new Controller(3);

class Home {
	readonly accessory = new PairingAccessory();
	/** What the hook heard, with the number of pairings in the store at that moment. */
	readonly removed: { ids: readonly string[]; left: number; }[] = [];
	/** Likewise: whether the store had it as a user's. */
	readonly users: { id: string; isStored: boolean; }[] = [];

	constructor() {
		this.accessory.know(ADMIN, Admin);
		this.accessory.know(USER, User);
	}

	ask(body: Uint8Array, requester = ADMIN): Uint8Array {
		const { pairings } = this.accessory;
		return handlePairings(body, requester.id, pairings, {
			onRemoved: (ids) => this.removed.push({ ids, left: this.accessory.restarted().pairings.count }),
			onUser: (id) => this.users.push({ id, isStored: this.accessory.restarted().pairings.find(id)?.permissions === User }),
		});
	}

	/** The answer is M2 and nothing else. */
	does(body: Uint8Array, requester = ADMIN): void {
		same(readTlv(this.ask(body, requester)), [[TlvType.State, [PairState.M2]]]);
	}

	/** Everybody that the store knows, with permissions. */
	get known(): [string, number][] {
		return listOf(this.accessory.restarted().pairings).map(({ controllerId, permissions }) => [controllerId, permissions]);
	}
}

const AT_FIRST = [[ADMIN.id, Admin], [USER.id, User]];

/* Add */

for (const permissions of [User, Admin])
	test(`an admin adds a controller with permissions ${permissions}`, () => {
		const home = new Home();
		home.does(addPairingBody(NEW, permissions));
		same(home.known, [...AT_FIRST, [NEW.id, permissions]]);
		same(home.accessory.pairings.find(NEW.id)?.controllerLTPK, NEW.LTPK);
		same(home.removed, []);
	});

test("a known controller with its own key gets other permissions, and no second pairing", () => {
	const home = new Home();
	home.does(addPairingBody(USER, Admin));
	same(home.known, [[ADMIN.id, Admin], [USER.id, Admin]]);
	home.does(addPairingBody(USER, User));
	same(home.known, AT_FIRST);
});

test("the last admin that is made a user is no admin any more: all pairings go, and the hook hears of all", () => {
	const home = new Home();
	home.does(addPairingBody(ADMIN, User));
	same(home.known, []);
	equal(home.accessory.pairings.isPaired, false);
	same(home.removed, [{ ids: [ADMIN.id, USER.id], left: 0 }]);
});

test("an admin beside another may be made a user, by itself too", () => {
	const home = new Home();
	home.does(addPairingBody(NEW, Admin));
	home.does(addPairingBody(ADMIN, User));
	same(home.known, [[ADMIN.id, User], [USER.id, User], [NEW.id, Admin]]);
	same(home.removed, []);
});

test("who is a user is told when the store has it, who is an admin is not", () => {
	const home = new Home();
	home.does(addPairingBody(NEW, Admin));
	home.does(addPairingBody(USER, Admin));
	same(home.users, []);
	home.does(addPairingBody(NEW, User));
	same(home.users, [{ id: NEW.id, isStored: true }]);
});

test("the last admin that is added again as an admin stays it", () => {
	const home = new Home();
	home.does(addPairingBody(ADMIN, Admin));
	same(home.known, AT_FIRST);
});

test("the last admin's name with another key is error Unknown, whatever the permissions", () => {
	const home = new Home();
	for (const permissions of [User, Admin])
		isRefused(home.ask(addPairingBody(new Controller(9, ADMIN.id), permissions)), PairState.M2, PairingError.Unknown);
	same(home.known, AT_FIRST);
});

test("a known controller with another key is error Unknown, and everything as it was", () => {
	const home = new Home();
	isRefused(home.ask(addPairingBody(new Controller(9, USER.id), Admin)), PairState.M2, PairingError.Unknown);
	same(home.known, AT_FIRST);
	same(home.accessory.pairings.find(USER.id)?.controllerLTPK, USER.LTPK);
});

test("16 fit; the 17th is error MaxPeers, and permissions may still be changed", () => {
	const home = new Home();
	for (let number = 3; number <= 16; number++)
		home.does(addPairingBody(new Controller(number), User));
	isRefused(home.ask(addPairingBody(new Controller(17), User)), PairState.M2, PairingError.MaxPeers);
	equal(home.known.length, 16);
	home.does(addPairingBody(new Controller(16), Admin));
	equal(home.accessory.pairings.isAdmin(new Controller(16).id), true);
});

/* Remove */

test("an admin removes a user; the hook hears of it when it is in the store", () => {
	const home = new Home();
	home.does(removePairingBody(USER));
	same(home.known, [[ADMIN.id, Admin]]);
	same(home.removed, [{ ids: [USER.id], left: 1 }]);
});

test("removing an unknown controller succeeds, and nobody is told", () => {
	const home = new Home();
	home.does(removePairingBody(NEW));
	same(home.known, AT_FIRST);
	same(home.removed, []);
});

test("removing the last admin removes all", () => {
	const home = new Home();
	home.does(removePairingBody(ADMIN));
	same(home.known, []);
	equal(home.accessory.pairings.isPaired, false);
	same(home.removed, [{ ids: [ADMIN.id, USER.id], left: 0 }]);
});

test("an admin that removes itself leaves the other admin and the users", () => {
	const home = new Home();
	home.does(addPairingBody(NEW, Admin));
	home.does(removePairingBody(ADMIN));
	same(home.known, [[USER.id, User], [NEW.id, Admin]]);
	same(home.removed, [{ ids: [ADMIN.id], left: 2 }]);
});

/* List */

test("the list has identifier, key and permissions of each, with separators between", () => {
	const home = new Home();
	home.does(addPairingBody(NEW, Admin));
	const items = (controller: Controller, permissions: Permission) => [
		[TlvType.Identifier, [...utf8(controller.id)]],
		[TlvType.PublicKey, [...controller.LTPK]],
		[TlvType.Permissions, [permissions]],
	];
	const separator = [TlvType.Separator, []];
	same(readTlv(home.ask(listPairingsBody())), [
		[TlvType.State, [PairState.M2]],
		...items(ADMIN, Admin),
		separator,
		...items(USER, User),
		separator,
		...items(NEW, Admin),
	]);
});

test("the list of one has no separator", () => {
	const home = new Home();
	home.does(removePairingBody(USER));
	same(readTlv(home.ask(listPairingsBody())).map(([type]) => type), [
		TlvType.State,
		TlvType.Identifier,
		TlvType.PublicKey,
		TlvType.Permissions,
	]);
});

test("the list of 16 is whole", () => {
	const home = new Home();
	for (let number = 3; number <= 16; number++)
		home.does(addPairingBody(new Controller(number), User));
	const ids = readTlv(home.ask(listPairingsBody())).filter(([type]) => type === TlvType.Identifier);
	same(ids.map(([, value]) => String.fromCharCode(...value)), Array.from({ length: 16 }, (_, at) => new Controller(at + 1).id));
});

/* Who may ask */

for (
	const [what, body] of [
		["add a controller", addPairingBody(NEW, User)],
		["make itself an admin", addPairingBody(USER, Admin)],
		["remove another", removePairingBody(ADMIN)],
		["remove itself", removePairingBody(USER)],
		["remove an unknown one", removePairingBody(NEW)],
		["list the pairings", listPairingsBody()],
	] as const
)
	for (const [who, requester] of [["a user", USER], ["a controller whose pairing is gone", new Controller(9)]] as const)
		test(`${who} that wants to ${what} is answered with Authentication`, () => {
			const home = new Home();
			isRefused(home.ask(body, requester), PairState.M2, PairingError.Authentication);
			same(home.known, AT_FIRST);
			same(home.removed, []);
		});

test("an admin that was made a user is one no more", () => {
	const home = new Home();
	home.does(addPairingBody(NEW, Admin));
	home.does(addPairingBody(ADMIN, User), NEW);
	isRefused(home.ask(listPairingsBody()), PairState.M2, PairingError.Authentication);
});

/* What is no request */

const ADD = readItems(addPairingBody(NEW, User));
const REMOVE = readItems(removePairingBody(NEW));

function changed(items: Map<TlvType, Uint8Array>, type: TlvType, value: Uint8Array | undefined): Uint8Array {
	const copy = new Map(items);
	if (value)
		copy.set(type, value);
	else
		copy.delete(type);
	return writeTlv(copy);
}

for (
	const [what, body] of [
		["no bytes", new Uint8Array(0)],
		["half a header", Uint8Array.of(TlvType.State)],
		["no state", changed(ADD, TlvType.State, undefined)],
		...[0, 2, 3, 255].map((state) => [`state ${state}`, changed(ADD, TlvType.State, Uint8Array.of(state))] as const),
		["no method", changed(ADD, TlvType.Method, undefined)],
		...[0, 1, 2, 6, 255].map((method) => [`method ${method}`, changed(ADD, TlvType.Method, Uint8Array.of(method))] as const),
		["add without an identifier", changed(ADD, TlvType.Identifier, undefined)],
		["add with an empty identifier", changed(ADD, TlvType.Identifier, new Uint8Array(0))],
		["add with an identifier of 37 bytes", changed(ADD, TlvType.Identifier, new Uint8Array(37).fill(0x41))],
		["add with an identifier that is no UTF-8", changed(ADD, TlvType.Identifier, Uint8Array.of(0xff))],
		["add without a public key", changed(ADD, TlvType.PublicKey, undefined)],
		...[0, 31, 33].map((length) =>
			[`add with a public key of ${length} bytes`, changed(ADD, TlvType.PublicKey, new Uint8Array(length))] as const
		),
		["add without permissions", changed(ADD, TlvType.Permissions, undefined)],
		["add with permissions 2", changed(ADD, TlvType.Permissions, Uint8Array.of(2))],
		["add with permissions of two bytes", changed(ADD, TlvType.Permissions, Uint8Array.of(1, 0))],
		["remove without an identifier", changed(REMOVE, TlvType.Identifier, undefined)],
		["remove with an empty identifier", changed(REMOVE, TlvType.Identifier, new Uint8Array(0))],
		["remove with an identifier of 37 bytes", changed(REMOVE, TlvType.Identifier, new Uint8Array(37).fill(0x41))],
	] as const
)
	test(`${what} is malformed`, () => {
		const home = new Home();
		throws(() => home.ask(body), MalformedError);
		same(home.known, AT_FIRST);
	});

/* The store fails */

for (
	const [what, body] of [
		["a pairing", addPairingBody(NEW, User)],
		["permissions", addPairingBody(USER, Admin)],
		["a removal", removePairingBody(USER)],
		["the last admin's removal", removePairingBody(ADMIN)],
		["the last admin's demotion", addPairingBody(ADMIN, User)],
	] as const
)
	test(`${what} that cannot be stored is error Unknown, and everything as it was`, () => {
		const home = new Home();
		home.accessory.storage.refuse("pairings");
		isRefused(home.ask(body), PairState.M2, PairingError.Unknown);
		same(home.known, AT_FIRST);
		equal(home.accessory.pairings.count, 2);
		same(home.removed, []);
	});

for (
	const [what, body, ids] of [
		["a removal", removePairingBody(USER), [USER.id]],
		["the last admin's removal", removePairingBody(ADMIN), [ADMIN.id, USER.id]],
		["the last admin's demotion", addPairingBody(ADMIN, User), [ADMIN.id, USER.id]],
	] as const
)
	test(`${what} that is stored although the store fails is error Unknown, and the hook hears who went`, () => {
		const home = new Home();
		home.accessory.storage.doubt("pairings");
		isRefused(home.ask(body), PairState.M2, PairingError.Unknown);
		same(home.known, AT_FIRST.filter(([id]) => !ids.some((gone) => gone === id)));
		same(home.removed, [{ ids, left: 2 - ids.length }]);
	});

test("a fault of ours is seen, and not answered as the controller's", () => {
	const home = new Home();
	const hooks = {
		onRemoved: () => {
			throw new TypeError("ours");
		},
		onUser: () => {},
	};
	throws(() => handlePairings(removePairingBody(USER), ADMIN.id, home.accessory.pairings, hooks), TypeError);
});
