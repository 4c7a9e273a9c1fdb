/** Words of the accessory model: HAP R2 "Accessory Objects", "Characteristic Formats", "HAP Status Codes". */

export type Value = boolean | number | string | null;

export const enum Format {
	Bool,
	UInt8,
	UInt16,
	UInt32,
	UInt64,
	Int,
	Float,
	String,
	Tlv8,
	Data,
}

/** A set of bits. */
export const enum Perms {
	PairedRead = 1,
	PairedWrite = 2,
	Notify = 4,
	AdditionalAuthorization = 8,
	TimedWrite = 16,
	Hidden = 32,
	WriteResponse = 64,
}

export const enum HapStatus {
	Success = 0,
	InsufficientPrivileges = -70401,
	CannotCommunicate = -70402,
	Busy = -70403,
	ReadOnly = -70404,
	WriteOnly = -70405,
	NotificationUnsupported = -70406,
	OutOfResources = -70407,
	TimedOut = -70408,
	NoSuchResource = -70409,
	InvalidValue = -70410,
	InsufficientAuthorization = -70411,
}

/** What a characteristic is, whichever accessory has it. */
export interface CharacteristicInfo {
	/** Short UUID as JSON carries it: "25", or a long one of another maker's. */
	readonly type: string;
	readonly format: Format;
	readonly perms: number;
	readonly unit?: "celsius" | "percentage" | "arcdegrees" | "lux" | "seconds";
	readonly minValue?: number;
	readonly maxValue?: number;
	readonly minStep?: number;
	/** Characters of a string; 64 when it is not given, 256 at most. */
	readonly maxLen?: number;
	/** Bytes of tlv8 and data. */
	readonly maxDataLen?: number;
	readonly validValues?: readonly number[];
	/** The least and the greatest of the valid values. */
	readonly validValuesRange?: readonly [number, number];
	/** PairedRead, PairedWrite, Notify: what of it is for admins only. */
	readonly adminOnly?: number;
	/** Each report is an event of its own: ProgrammableSwitchEvent. Its value reads as null. */
	readonly isStateless?: boolean;
}

/** A characteristic as an accessory has it. */
export interface CharacteristicDefinition {
	readonly iid: number;
	readonly info: CharacteristicInfo;
	/** The constant or first value; none: the accessory's own code is asked for it. */
	readonly value?: Value;
	readonly description?: string;
	/**
	 * Number among the database's characteristics that notify. One that does not has -1 minus its number among those. Of accessories
	 * alike it is the first one's.
	 */
	readonly eventIndex: number;
	/** Its value is the database's own, whoever reads it: nobody need be asked. */
	readonly isAtHand: boolean;
	/** As GET /accessories shows it, up to its value: made once, and in flash. */
	readonly json: string;
}

export interface ServiceDefinition {
	readonly iid: number;
	readonly type: string;
	readonly isPrimary?: boolean;
	readonly isHidden?: boolean;
	readonly linked?: readonly number[];
	readonly characteristics: readonly CharacteristicDefinition[];
	/** As GET /accessories shows it, up to its characteristics. */
	readonly json: string;
}

export interface AccessoryDefinition {
	readonly aid: number;
	/** Its place among the accessories. */
	readonly at: number;
	/** So many accessories are alike: their aids go from `aid` on, all else they share. */
	readonly count: number;
	/** Characteristics that notify, and others, of each of the accessories; before them, in the database, are so many. */
	readonly events: number;
	readonly eventsBefore: number;
	readonly silents: number;
	readonly silentsBefore: number;
	readonly services: readonly ServiceDefinition[];
	/** Its characteristics by iid, from `firstIid` on; what is not in the list, before or behind it, is searched for. */
	readonly firstIid: number;
	readonly byIid: readonly (CharacteristicDefinition | undefined)[];
}

export interface DatabaseDefinition {
	/** By aid. */
	readonly accessories: readonly AccessoryDefinition[];
	/** Characteristics that notify, and those that do not. */
	readonly events: number;
	readonly silents: number;
}
