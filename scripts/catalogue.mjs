/** npm run catalogue: makes modules/model/catalogue.ts of the table beside this file. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BuildError, root, runMain } from "../host/desktop/scripts/paths.mjs";

const TABLE = join(root, "scripts/catalogue.txt");
export const TARGET = join(root, "modules/model/catalogue.ts");

/** In the order of the enumerations Format and Perms of modules/model/types.ts. */
const FORMATS = ["bool", "uint8", "uint16", "uint32", "uint64", "int", "float", "string", "tlv8", "data"];
const PERMS = ["pr", "pw", "ev", "aa", "tw", "hd", "wr"];
const UNITS = ["celsius", "percentage", "arcdegrees", "lux", "seconds"];
const CATEGORIES = {
	Other: 1,
	Bridge: 2,
	Fan: 3,
	GarageDoorOpener: 4,
	Lightbulb: 5,
	DoorLock: 6,
	Outlet: 7,
	Switch: 8,
	Thermostat: 9,
	Sensor: 10,
	SecuritySystem: 11,
	Door: 12,
	Window: 13,
	WindowCovering: 14,
	ProgrammableSwitch: 15,
	VideoDoorbell: 18,
	AirPurifier: 19,
	Heater: 20,
	AirConditioner: 21,
	Humidifier: 22,
	Dehumidifier: 23,
	Sprinkler: 28,
	Faucet: 29,
	ShowerSystem: 30,
};

function numberOf(list, word, line) {
	const at = list.indexOf(word);
	if (at < 0)
		throw new BuildError(`${TABLE}: ${word} in "${line}"`);
	return at;
}

/** A word behind the permissions, into what it says. */
function addDetail(characteristic, word, line) {
	const bounds = word.match(/^(-?[\d.]+?)\.\.(-|[\d.]+?)(?:\/([\d.]+))?$/);
	if (bounds)
		[, characteristic.min, characteristic.max, characteristic.step] = bounds.map((bound) => (bound === "-" ? undefined : bound));
	else if (/^len=\d+$/.test(word))
		characteristic.maxLen = word.slice(4);
	else if (word === "stateless")
		characteristic.isStateless = true;
	else
		characteristic.unit = UNITS[numberOf(UNITS, word, line)];
}

function characteristicOf(line) {
	const [name, type, format, perms, ...details] = line.split(/\s+/);
	const bits = perms.split(",").reduce((sum, word) => sum | (1 << numberOf(PERMS, word, line)), 0);
	const characteristic = { name, type, format: numberOf(FORMATS, format, line), perms: bits, text: line.split(/\s+/).slice(2).join(" ") };
	for (const word of details)
		addDetail(characteristic, word, line);
	return characteristic;
}

function serviceOf(line, characteristics) {
	const [name, type, ...words] = line.split(/:?\s+/);
	for (const word of words)
		if (!characteristics.some((characteristic) => characteristic.name === word.replace("?", "")))
			throw new BuildError(`${TABLE}: ${word} in "${line}"`);
	return {
		name,
		type,
		required: words.filter((word) => !word.endsWith("?")),
		optional: words.filter((word) => word.endsWith("?")).map((word) => word.slice(0, -1)),
	};
}

/** { characteristics, services } in the order of the table. */
export function readTable(text = readFileSync(TABLE, "utf8")) {
	const lines = text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
	const characteristics = lines.filter((line) => !line.includes(":")).map(characteristicOf);
	const services = lines.filter((line) => line.includes(":")).map((line) => serviceOf(line, characteristics));
	return { characteristics, services };
}

/** What modules/model/rows.ts reads again. */
function rowOf({ type, format, perms, unit, min, max, step, maxLen, isStateless }) {
	return [type, format, perms, unit, min, max, step, maxLen, isStateless && 1].join(" ").trim();
}

const WIDTH = 140;
const TAB = 4;

/** One line where it fits, else a member a line: as the formatter has it. */
function unionOf(property, names) {
	const members = names.map((name) => `Characteristics.${name}`);
	const line = `${property}: ${members.join(" | ") || "never"};`;
	return line.length + 2 * TAB <= WIDTH
		? `\t\t${line}\n`
		: `\t\t${property}:\n${members.map((member) => `\t\t\t| ${member}`).join("\n")};\n`;
}

function commentOf(sentences) {
	return sentences.length === 1
		? `\t/** ${sentences[0]} */\n`
		: `\t/**\n${sentences.map((sentence) => `\t * ${sentence}\n`).join("")}\t */\n`;
}

/** The text of modules/model/catalogue.ts. */
export function catalogueSource({ characteristics, services }) {
	const typeOf = (wanted) => characteristics.find(({ name }) => name === wanted).type;
	const members = characteristics.map((one) => `\t/** ${one.text} */\n\t${one.name} = "${rowOf(one)}",\n`);
	const rows = services.map(({ name, type, required, optional }) => {
		const may = optional.length ? [`May have ${optional.join(", ")}.`] : [];
		return `${commentOf([`Needs ${required.join(", ")}.`, ...may])}\t${name} = "${[type, ...required.map(typeOf)].join(" ")}",\n`;
	});
	const shapes = services.map(({ name, required, optional }) =>
		`\t[Services.${name}]: {\n${unionOf("required", required)}${unionOf("optional", optional)}\t};\n`
	);
	const categories = Object.entries(CATEGORIES).map(([name, number]) => `\t${name} = ${number},\n`);
	return `/**
 * Services and characteristics of the HAP R2 specification, by the names it gives them ("Apple-defined Services",
 * "Apple-defined Characteristics"). Made by "npm run catalogue" of scripts/catalogue.txt; change that.
 *
 * A member is one row of the table as a string, which the compiler puts where it is used: what is not used is nowhere, neither
 * in flash nor in memory. hap/model/rows makes an object of it when a database is defined.
 */

/** UUID, number of its Format, set of Perms, unit, minValue, maxValue, minStep, maxLen, isStateless. */
export const enum Characteristics {
${members.join("")}}

/** UUID, then those of the characteristics that it must have. */
export const enum Services {
${rows.join("")}}

/** Which characteristics a service must have, and which it may. */
export interface ServiceShapes {
${shapes.join("")}}

/** What a program sees of a characteristic: boolean, number or string. */
export type ValueOf<C extends Characteristics> = \`\${C}\` extends \`\${string} \${infer F} \${string}\` ? F extends "${
		FORMATS.indexOf("bool")
	}" ? boolean
	: F extends ${["string", "tlv8", "data"].map((name) => `"${FORMATS.indexOf(name)}"`).join(" | ")} ? string
	: number
	: never;

/** HAP R2 "Accessory Categories": \`ci\` of the TXT record. */
export const enum Category {
${categories.join("")}}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await runMain(() => writeFileSync(TARGET, catalogueSource(readTable())));
