/** `c#`: the database without values is hashed; another hash is another number, stored before it is used. */

import { Characteristics } from "hap/model/catalogue";
import { configurationHash, loadConfigurationNumber, nextConfigurationNumber } from "hap/model/configuration";
import { type AccessoryDescription, type CharacteristicDescription, defineAccessories, type ServiceDescription } from "hap/model/define";
import { type CharacteristicInfo, type DatabaseDefinition, Format, Perms } from "hap/model/types";
import { Records, StorageError } from "hap/storage/records";
import { everyCut, MemoryStorage } from "tests/fakes/memory-storage";
import { equal, same, test, throws } from "tests/harness";

const LEVEL: CharacteristicInfo = {
	type: "8",
	format: Format.Int,
	perms: Perms.PairedRead | Perms.PairedWrite,
	unit: "percentage",
	minValue: 0,
	maxValue: 100,
	minStep: 1,
};

interface Changes {
	aid?: number;
	level?: Partial<CharacteristicDescription>;
	info?: Partial<CharacteristicInfo>;
	lamp?: Partial<ServiceDescription>;
	name?: string;
	more?: AccessoryDescription[];
}

function information(aid: number, name: string): AccessoryDescription {
	const characteristics = [
		{ iid: 2, info: Characteristics.Identify },
		{ iid: 3, info: Characteristics.Manufacturer, value: "M" },
		{ iid: 4, info: Characteristics.Model, value: "L1" },
		{ iid: 5, info: Characteristics.Name, value: name },
		{ iid: 6, info: Characteristics.SerialNumber, value: "1" },
		{ iid: 7, info: Characteristics.FirmwareRevision, value: "1.0" },
	];
	const protocol = { iid: 8, type: "A2", characteristics: [{ iid: 9, info: Characteristics.Version, value: "1.1.0" }] };
	return { aid, services: [{ iid: 1, type: "3E", characteristics }, protocol] };
}

function lamp({ aid = 1, level, info, lamp, name = "Lamp", more = [] }: Changes = {}): DatabaseDefinition {
	const characteristics = [
		{ iid: 11, info: Characteristics.On, value: false },
		{ iid: 12, info: { ...LEVEL, ...info }, value: 2, ...level },
	];
	const first = information(1, name);
	const service = { iid: 10, type: "43", characteristics, ...lamp };
	const accessories = aid === 1 ? [{ aid, services: [...first.services, service] }] : [first, { ...information(aid, name), aid }];
	return defineAccessories([...accessories, ...more]);
}

function load(storage: MemoryStorage, definition: DatabaseDefinition, reports: string[] = [], isPaired = false): number {
	return loadConfigurationNumber(new Records(storage, (key) => reports.push(key)), definition, isPaired);
}

/** A store whose number is that, for the lamp as it is. */
function storedAt(number: number): MemoryStorage {
	const storage = new MemoryStorage();
	load(storage, lamp());
	const records = new Records(storage, () => {});
	const record = records.read("config", 1)!;
	record.set([number & 255, number >> 8]);
	records.write("config", 1, record);
	return storage;
}

const OTHERS: readonly (readonly [string, Changes])[] = [
	["accessories alike", { more: [{ ...information(2, "Lamp"), count: 3 }] }],
	["another accessory", { more: [information(2, "Lamp")] }],
	["another aid", { aid: 3 }],
	["another iid of a service", { lamp: { iid: 20 } }],
	["another type of a service", { lamp: { type: "49" } }],
	["a primary service", { lamp: { isPrimary: true } }],
	["a hidden service", { lamp: { isHidden: true } }],
	["a linked service", { lamp: { linked: [1] } }],
	["a characteristic less", { lamp: { characteristics: [{ iid: 11, info: Characteristics.On, value: false }] } }],
	["another iid of a characteristic", { level: { iid: 13 } }],
	["a description", { level: { description: "Level" } }],
	["another type of a characteristic", { info: { type: "9" } }],
	["another format", { info: { format: Format.Float } }],
	["other permissions", { info: { perms: LEVEL.perms | Perms.Notify } }],
	["another unit", { info: { unit: "celsius" } }],
	["no unit", { info: { unit: undefined } }],
	["another least value", { info: { minValue: 1 } }],
	["another greatest value", { info: { maxValue: 99 } }],
	["another step", { info: { minStep: 2 } }],
	["a greatest length", { info: { maxLen: 32 } }],
	["a greatest number of bytes", { info: { maxDataLen: 32 } }],
	["valid values", { info: { validValues: [1, 2] } }],
];

test("a new accessory's number is 1", () => equal(load(new MemoryStorage(), lamp()), 1));

test("the same database has the same number after every start, and nothing is written", () => {
	const storage = new MemoryStorage();
	load(storage, lamp());
	for (let start = 0; start < 3; start++) {
		const next = storage.restarted();
		equal(load(next, lamp()), 1);
		same(next.changes, []);
	}
});

for (
	const [what, changes] of [
		["another value", { level: { value: 6 } }],
		["no value", { level: { value: undefined } }],
		["another name", { name: "Desk lamp" }],
	] as readonly (readonly [string, Changes])[]
)
	test(`a database with ${what} is the same one`, () => {
		same(configurationHash(lamp(changes)), configurationHash(lamp()));
		const storage = storedAt(7);
		equal(load(storage, lamp(changes)), 7);
	});

for (const [what, changes] of OTHERS)
	test(`a database with ${what} gets the next number, once`, () => {
		const storage = storedAt(7);
		equal(load(storage, lamp(changes)), 8);
		equal(load(storage.restarted(), lamp(changes)), 8);
	});

test("no two of these databases have the same hash", () => {
	const hashes = [lamp(), ...OTHERS.map(([, changes]) => lamp(changes))].map((definition) => configurationHash(definition).join());
	equal(new Set(hashes).size, OTHERS.length + 1);
});

test("a database that is changed back is another one again", () => {
	const storage = storedAt(7);
	load(storage, lamp({ info: { maxValue: 99 } }));
	equal(load(storage, lamp()), 9);
});

for (const [number, next] of [[1, 2], [255, 256], [65534, 65535], [65535, 1]] as const)
	test(`${next} follows ${number}`, () => {
		equal(nextConfigurationNumber(number), next);
		const storage = storedAt(number);
		equal(load(storage, lamp()), number);
		equal(load(storage, lamp({ info: { maxValue: 99 } })), next);
		equal(load(storage.restarted(), lamp({ info: { maxValue: 99 } })), next);
	});

test("a number that cannot be stored is a StorageError, and the old one is there still", () => {
	const storage = storedAt(7);
	storage.refuse("config");
	throws(() => load(storage, lamp({ info: { maxValue: 99 } })), StorageError);
	equal(load(storage, lamp()), 7);
});

test("power lost anywhere: a number that was given is the one that the next start gives", () => {
	const other = lamp({ info: { maxValue: 99 } });
	everyCut(storedAt(7), (storage) => load(storage, other), (found, isCut) => {
		equal(load(found.restarted(), lamp()), isCut ? 7 : 9, "what lies there");
		equal(load(found, other), 8);
	});
});

test("a damaged number is reported, and the one after it is good from then on", () => {
	const storage = storedAt(7);
	storage.flipBits("config", 3);
	const reports: string[] = [];
	const number = load(storage, lamp(), reports);
	same(reports, ["config"]);
	equal(number >= 1 && number <= 65535, true);
	equal(load(storage.restarted(), lamp()), number);
});

for (const what of ["damaged", "gone"])
	test(`a number that is ${what} while controllers know one goes far ahead, and counts on from there`, () => {
		const storage = storedAt(7);
		if (what === "gone")
			storage.delete("config");
		else
			storage.flipBits("config", 3);
		const number = load(storage, lamp(), [], true);
		equal(number >= 32768 && number <= 65535, true, `${number}`);
		equal(load(storage.restarted(), lamp(), [], true), number);
		equal(load(storage, lamp({ info: { maxValue: 99 } }), [], true), nextConfigurationNumber(number));
	});
