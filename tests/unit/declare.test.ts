/** Declarations of accessories: what becomes of them, and what is wrong with them is said with its place. */

import type { Service } from "hap/accessory/declaration";
import { accessory, bridge, service } from "hap/accessory/declare";
import { Category, Characteristics as C, Services } from "hap/model/catalogue";
import { DefinitionError } from "hap/model/define";
import { Format, Perms } from "hap/model/types";
import { equal, ok, same, test, throws } from "tests/harness";

const WATTS = { type: "E863F10D-079E-48FF-8F27-9C2605A29F52", format: Format.Float, perms: Perms.PairedRead | Perms.Notify };

function outlet(services: readonly Service<never>[]) {
	return accessory({ name: "Kettle", model: "Kettle1,1", category: Category.Outlet, services: services as readonly Service<unknown>[] });
}

/** The message of what it throws. */
function refusal(body: () => unknown): string {
	try {
		body();
	}
	catch (error) {
		ok(error instanceof DefinitionError, String(error));
		return (error as Error).message;
	}
	throw new Error("not refused");
}

test("an accessory has its information, its protocol, and its services", () => {
	const { definition } = outlet([service(Services.Outlet, { on: { info: C.On }, inUse: { info: C.OutletInUse, value: true } })]);
	const [{ aid, services }] = definition.accessories;
	equal(aid, 1);
	same(services.map(({ type }) => type), ["3E", "A2", "47"]);
	same(services[2].characteristics.map(({ info }) => info.type), ["25", "26"]);
});

test("a service's names stand for what is defined", () => {
	const main = service(Services.Outlet, { on: { info: C.On, value: true }, inUse: { info: C.OutletInUse } });
	const { definition } = outlet([main]);
	equal(main.on, definition.accessories[0].services[2].characteristics[0]);
	equal(main.on.value, true);
	ok(main.on.eventIndex >= 0);
});

test("a service that gets a characteristic more does not renumber the others", () => {
	const numbers = (first: Service<never>) =>
		outlet([first, service(Services.Switch, { on: { info: C.On } })]).definition.accessories[0].services.slice(3).map((
			{ iid, characteristics },
		) => [
			iid,
			...characteristics.map((characteristic) => characteristic.iid),
		]);
	same(
		numbers(service(Services.Switch, { on: { info: C.On } })),
		numbers(service(Services.Outlet, { on: { info: C.On }, inUse: { info: C.OutletInUse }, name: { info: C.Name } })),
	);
});

test("iids may be chosen, and services linked", () => {
	const second = service(Services.Switch, { on: { info: C.On, iid: 70 }, name: { info: C.Name } }, { iid: 60 });
	const first = service(Services.Switch, { on: { info: C.On } }, { isPrimary: true, linked: [second] });
	const services = outlet([first, second]).definition.accessories[0].services.slice(2);
	same(services[0].linked, [60]);
	equal(services[0].isPrimary, true);
	same(services[1].characteristics.map(({ iid }) => iid), [70, 71]);
});

test("a bridge's accessories follow it, each with its information and its aid", () => {
	const part = (name: string) => ({ name, model: "Part1,1", services: [service(Services.Switch, { on: { info: C.On } })] });
	const { category, definition } = bridge({ name: "Bridge", model: "Bridge1,1", accessories: [part("A"), { ...part("B"), aid: 7 }] });
	equal(category, Category.Bridge);
	same(definition.accessories.map(({ aid, services }) => [aid, services.length]), [[1, 2], [2, 3], [7, 3]]);
	equal(definition.events, 2);
});

test("accessories alike are declared once, and those behind them have the next aid that is free", () => {
	const lamps = service(Services.Lightbulb, { on: { info: C.On } });
	const door = service(Services.ContactSensor, { state: { info: C.ContactSensorState } });
	const { definition } = bridge({
		name: "Bridge",
		model: "Bridge1,1",
		accessories: [
			{ name: "Lamp", model: "Lamp1,1", count: 20, services: [lamps] },
			{ name: "Door", model: "Door1,1", services: [door] },
		],
	});
	same(definition.accessories.map(({ aid, count }) => [aid, count]), [[1, 1], [2, 20], [22, 1]]);
	equal(definition.events, 21);
	equal(door.state, definition.accessories[2].services[2].characteristics[0]);
});

test("accessories may be declared in any order of aids", () => {
	const part = (aid: number, on = service(Services.Switch, { on: { info: C.On } })) => ({ aid, name: "A", model: "A1,1", services: [on] });
	const [late, early] = [service(Services.Switch, { on: { info: C.On } }), service(Services.Switch, { on: { info: C.On } })];
	const { definition } = bridge({ name: "B", model: "B1,1", accessories: [part(9, late), part(4, early)] });
	same(definition.accessories.map(({ aid }) => aid), [1, 4, 9]);
	equal(early.on, definition.accessories[1].services[2].characteristics[0]);
	equal(late.on, definition.accessories[2].services[2].characteristics[0]);
});

test("a maker's own characteristic brings what it is", () => {
	const main = service(Services.Switch, { on: { info: C.On }, watts: { info: WATTS, value: 12.5 } });
	outlet([main]);
	equal(main.watts.info, WATTS);
});

for (
	const [what, message, declare] of [
		[
			"a service twice",
			"service 49 is declared once and used twice",
			() => {
				const twice = service(Services.Switch, { on: { info: C.On } });
				return outlet([twice, twice]);
			},
		],
		[
			"an iid twice",
			"inUse (iid 50): the iid is that of service 47, on (iid 50)",
			() => outlet([service(Services.Outlet, { on: { info: C.On, iid: 50 }, inUse: { info: C.OutletInUse, iid: 50 } })]),
		],
		[
			"an aid twice",
			"aid",
			() =>
				bridge({
					name: "B",
					model: "B",
					accessories: [{ aid: 3, name: "A", model: "A", services: [] }, { aid: 3, name: "C", model: "C", services: [] }],
				}),
		],
		[
			"a value of another kind",
			"on (iid 33): takes no 7",
			() => outlet([service(Services.Outlet, { on: { info: C.On, value: 7 as never } })]),
		],
		[
			"a text that is too long",
			"name (iid 34): takes no",
			() => outlet([service(Services.Switch, { on: { info: C.On }, name: { info: C.Name, value: "a".repeat(65) } })]),
		],
		["a value out of range", "level (iid 33): takes no 101, 0 to 100", () =>
			outlet([
				service("47", {
					level: { info: { type: "8", format: Format.Int, perms: Perms.PairedRead, minValue: 0, maxValue: 100 }, value: 101 },
				}),
			])],
		[
			"a setter of what is read-only",
			'inUse (iid 33): has "write"',
			() => outlet([service(Services.Outlet, { inUse: { info: C.OutletInUse, write: () => {} } })]),
		],
		[
			"a getter of what is write-only",
			'identify (iid 33): has "read"',
			() => outlet([service(Services.Outlet, { identify: { info: C.Identify, read: () => true } })]),
		],
		[
			"a reading that takes its time of what is write-only",
			'identify (iid 33): has "fetch"',
			() => outlet([service(Services.Outlet, { identify: { info: C.Identify, fetch: () => Promise.resolve(true) } })]),
		],
		["a service that lacks what it must have", "lacks characteristic 26", () => outlet([service(Services.Outlet, { on: { info: C.On } })])],
	] as const
)
	test(`${what} is refused, and where it is`, () => {
		const text = refusal(declare);
		ok(text.includes(message), text);
	});

test("the refusal names accessory and service", () => {
	const text = refusal(() => outlet([service(Services.Outlet, { inUse: { info: C.OutletInUse, write: () => {} } })]));
	ok(text.startsWith('"Kettle", service 47, '), text);
});

test("a service belongs to one accessory", () => {
	const main = service(Services.Switch, { on: { info: C.On } });
	outlet([main]);
	throws(() => outlet([main]), DefinitionError);
});
