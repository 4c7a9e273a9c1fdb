/** GET /accessories: HAP R2 "Accessory Attribute Database", in pieces of one characteristic each. */

import { characteristicJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { type AccessoryDefinition, type CharacteristicDefinition, Perms, type ServiceDefinition, type Value } from "hap/model/types";

/** What the database shows to all; a reader that fails shows what was last known. */
function shownValue(database: AccessoryDatabase, aid: number, characteristic: CharacteristicDefinition): Value | undefined {
	const { perms, adminOnly = 0 } = characteristic.info;
	if ((perms & ~adminOnly & Perms.PairedRead) === 0)
		return undefined;
	const result = database.read(aid, characteristic);
	return typeof result === "number" ? database.lastValue(aid, characteristic) : result.value;
}

function serviceHead({ iid, type, isPrimary, isHidden, linked }: ServiceDefinition): string {
	const primary = isPrimary ? ',"primary":true' : "";
	const hidden = isHidden ? ',"hidden":true' : "";
	const links = linked ? `,"linked":[${linked.join(",")}]` : "";
	return `{"iid":${iid},"type":"${type}"${primary}${hidden}${links},"characteristics":[`;
}

function* accessoryJson(database: AccessoryDatabase, aid: number, { services }: AccessoryDefinition): Generator<string> {
	yield `{"aid":${aid},"services":[`;
	for (let i = 0; i < services.length; i++) {
		const { characteristics } = services[i];
		yield (i > 0 ? "," : "") + serviceHead(services[i]);
		for (let j = 0; j < characteristics.length; j++)
			yield (j > 0 ? "," : "") + characteristicJson(characteristics[j], shownValue(database, aid, characteristics[j]));
		yield "]}";
	}
	yield "]}";
}

export function* accessoriesJson(database: AccessoryDatabase): Generator<string> {
	let before = '{"accessories":[';
	for (const accessory of database.definition.accessories)
		for (let number = 0; number < accessory.count; number++) {
			yield before;
			yield* accessoryJson(database, accessory.aid + number, accessory);
			before = ",";
		}
	yield "]}";
}

// What the linker leaves writable in a preloaded module, and so would keep in memory: the prototype of a generator's instances.
Object.freeze(accessoryJson.prototype);
Object.freeze(accessoriesJson.prototype);
