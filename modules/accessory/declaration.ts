/** The words in which an author declares an accessory. Types alone: what they mean is in declare.ts. */

import type { Category, Characteristics } from "hap/model/catalogue";
import type { CharacteristicDefinition, CharacteristicInfo, DatabaseDefinition, Format, HapStatus, Value } from "hap/model/types";

type Catalogue = typeof Characteristics;
/** A characteristic of the catalogue, by the name that the specification gives it. */
export type CharacteristicName = keyof Catalogue & string;

/** What values of a characteristic are in TypeScript. */
export type ValueOf<I extends CharacteristicInfo> = I["format"] extends Format.Bool ? boolean
	: I["format"] extends Format.String | Format.Tlv8 | Format.Data ? string
	: I["format"] extends Format.UInt8 | Format.UInt16 | Format.UInt32 | Format.UInt64 | Format.Int | Format.Float ? number
	: Value;

// biome-ignore lint/suspicious/noConfusingVoidType: what a function that answers nothing has
export type WriteAnswer = HapStatus | void;

/** `D` is the accessory's hardware: what serve() is given. */
export interface CharacteristicOptions<V extends Value, D> {
	/** Else the next one after the characteristic before it. */
	readonly iid?: number;
	/** Constant, or the first value; else the zero of its kind. */
	readonly value?: V;
	readonly description?: string;
	/** Asked at each reading; without it the last value is kept and shown. A throw is answered as "cannot communicate". */
	readonly read?: (device: D) => V;
	/** A controller asks, and the value is one that the characteristic takes. Any other answer than Success refuses it. */
	readonly write?: (value: V, device: D) => WriteAnswer;
}

export interface CustomOptions<D> extends CharacteristicOptions<Value, D> {
	readonly info: CharacteristicInfo;
}

export type OptionsOf<K, D> = K extends CharacteristicName ? CharacteristicOptions<ValueOf<Catalogue[K]>, D> : CustomOptions<D>;
/** A characteristic that is declared: what update() and value() are asked with. */
export interface Characteristic<V extends Value = Value> extends CharacteristicDefinition {
	readonly value?: V;
}
type CharacteristicOf<K> = Characteristic<K extends CharacteristicName ? ValueOf<Catalogue[K]> : Value>;

export interface ServiceOptions {
	/** Else a multiple of sixteen, so that a service which gets a characteristic more does not renumber those behind it. */
	readonly iid?: number;
	readonly isPrimary?: boolean;
	readonly isHidden?: boolean;
	readonly linked?: readonly Service<never>[];
}

export interface Service<D> {
	readonly serviceType: string;
	readonly options: ServiceOptions;
	/** No such property: what tells the compiler which hardware the service is for. */
	readonly device?: (device: D) => void;
}

/** Its characteristics by name, once it is part of an accessory. */
export type ServiceOf<K extends string, D> = Service<D> & { readonly [P in K]: CharacteristicOf<P>; };

export interface AccessoryOptions<D> {
	/** Of a bridge's accessories only. Else they are counted from 2 on. */
	readonly aid?: number;
	readonly name: string;
	/** As `md` shows it and iOS remembers it: "Lamp1,1". */
	readonly model: string;
	readonly manufacturer?: string;
	/** Else made of the device id. */
	readonly serialNumber?: string;
	/** x.y.z */
	readonly firmware?: string;
	readonly services: readonly Service<D>[];
}

export interface SingleOptions<D> extends AccessoryOptions<D> {
	/** The picture that iOS shows while pairing. */
	readonly category: Category;
}

export interface BridgeOptions<D> extends Omit<AccessoryOptions<D>, "services"> {
	readonly accessories: readonly AccessoryOptions<D>[];
}

/** What serve() serves. */
export interface Accessory<D> {
	readonly name: string;
	readonly model: string;
	readonly category: number;
	readonly definition: DatabaseDefinition;
	readonly device?: (device: D) => void;
}

/** What an author wrote of a characteristic, and what becomes of it in the definition. */
export interface HandledCharacteristic<D> extends CharacteristicDefinition {
	readonly read?: (device: D) => Value;
	readonly write?: (value: Value, device: D) => WriteAnswer;
}
