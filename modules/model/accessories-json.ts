/** GET /accessories: HAP R2 "Accessory Attribute Database", in pieces of one characteristic each. */

import { characteristicJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { type CharacteristicDefinition, Perms, type ServiceDefinition, type Value } from "hap/model/types";

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

/** A piece is a characteristic, with what opens and closes around it. Each step answers the same object, which holds the piece. */
class AccessoriesJson implements Iterator<string> {
	value = "";
	done = false;
	private readonly database: AccessoryDatabase;
	private accessory = 0;
	/** Of accessories alike. */
	private number = 0;
	private service = 0;
	private characteristic = 0;

	constructor(database: AccessoryDatabase) {
		this.database = database;
	}

	next(): IteratorResult<string> {
		const { accessories } = this.database.definition;
		if (this.accessory === accessories.length) {
			this.done = true;
			return this;
		}
		const { aid: first, services } = accessories[this.accessory];
		const aid = first + this.number;
		const service = services[this.service];
		const characteristic = service.characteristics[this.characteristic];
		const text = this.before(aid, service);
		this.value = characteristic
			? text + characteristicJson(characteristic, shownValue(this.database, aid, characteristic)) + this.after(services, service)
			: text + this.after(services, service);
		return this;
	}

	private before(aid: number, service: ServiceDefinition): string {
		if (this.characteristic > 0)
			return ",";
		if (this.service > 0)
			return `,${serviceHead(service)}`;
		const isFirst = this.accessory === 0 && this.number === 0;
		return `${isFirst ? '{"accessories":[' : ","}{"aid":${aid},"services":[${serviceHead(service)}`;
	}

	/** Steps on. */
	private after(services: readonly ServiceDefinition[], service: ServiceDefinition): string {
		if (++this.characteristic < service.characteristics.length)
			return "";
		this.characteristic = 0;
		if (++this.service < services.length)
			return "]}";
		this.service = 0;
		const { accessories } = this.database.definition;
		if (++this.number < accessories[this.accessory].count)
			return "]}]}";
		this.number = 0;
		return ++this.accessory < accessories.length ? "]}]}" : "]}]}]}";
	}
}

export function accessoriesJson(database: AccessoryDatabase): Iterator<string> {
	return new AccessoriesJson(database);
}
