/** The database's notifying characteristics, as the server counts them. */

import type { AccessoryDatabase } from "hap/model/database";
import type { Value } from "hap/model/types";
import type { NotifyingCharacteristics } from "hap/server/event-journal";

export class DatabaseEvents implements NotifyingCharacteristics {
	private readonly database: AccessoryDatabase;

	constructor(database: AccessoryDatabase) {
		this.database = database;
	}

	private get notifying() {
		return this.database.definition.notifying;
	}

	get count(): number {
		return this.notifying.length;
	}

	indexOf(aid: number, iid: number): number {
		return this.database.find(aid, iid)?.eventIndex ?? -1;
	}

	aidOf(index: number): number {
		return this.notifying[index].aid;
	}

	iidOf(index: number): number {
		return this.notifying[index].characteristic.iid;
	}

	valueOf(index: number): Value {
		return this.database.lastValue(this.notifying[index].characteristic);
	}

	isStateless(index: number): boolean {
		return this.notifying[index].characteristic.info.isStateless === true;
	}
}
