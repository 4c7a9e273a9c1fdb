/** The database's notifying characteristics, as the server counts them. */

import type { AccessoryDatabase } from "hap/model/database";
import { aidAt, characteristicAt } from "hap/model/places";
import type { Value } from "hap/model/types";
import type { NotifyingCharacteristics } from "hap/server/event-journal";

export class DatabaseEvents implements NotifyingCharacteristics {
	private readonly database: AccessoryDatabase;

	constructor(database: AccessoryDatabase) {
		this.database = database;
	}

	get count(): number {
		return this.database.definition.events;
	}

	indexOf(aid: number, iid: number): number {
		return this.database.eventIndex(aid, iid);
	}

	aidOf(index: number): number {
		return aidAt(this.database.definition, index);
	}

	iidOf(index: number): number {
		return characteristicAt(this.database.definition, index).iid;
	}

	valueOf(index: number): Value {
		return this.database.lastValue(this.aidOf(index), characteristicAt(this.database.definition, index));
	}

	isStateless(index: number): boolean {
		return characteristicAt(this.database.definition, index).info.isStateless === true;
	}
}
