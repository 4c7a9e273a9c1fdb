/** GET /accessories: HAP R2 "Accessory Attribute Database", in pieces of one characteristic each. */

import { joinText } from "hap/bytes/bytes";
import { plainJson } from "hap/model/characteristic-json";
import type { AccessoryDatabase } from "hap/model/database";
import { type CharacteristicDefinition, Perms, type ServiceDefinition, type Value } from "hap/model/types";

/** What the database shows to all; a reader that fails shows what was last known. */
function shownValue(database: AccessoryDatabase, aid: number, characteristic: CharacteristicDefinition): Value | undefined {
	if (characteristic.isAtHand)
		return database.lastValue(aid, characteristic);
	const { perms, adminOnly = 0 } = characteristic.info;
	if ((perms & ~adminOnly & Perms.PairedRead) === 0)
		return undefined;
	const result = database.read(aid, characteristic);
	return typeof result === "number" ? database.lastValue(aid, characteristic) : result.value;
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
		const before = this.characteristic > 0 ? "," : this.before(aid, service);
		if (!characteristic) {
			this.value = joinText(before, this.after(services, service));
			return this;
		}
		const value = shownValue(this.database, aid, characteristic);
		const after = this.after(services, service);
		if (value === undefined)
			this.value = joinText(before, characteristic.json, "}", after);
		else
			this.value = joinText(before, characteristic.json, ',"value":', plainJson(value), "}", after);
		return this;
	}

	/** In front of a service's first characteristic. */
	private before(aid: number, { json }: ServiceDefinition): string {
		if (this.service > 0)
			return joinText(",", json);
		const isFirst = this.accessory === 0 && this.number === 0;
		return joinText(isFirst ? '{"accessories":[' : ",", '{"aid":', aid, ',"services":[', json);
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
