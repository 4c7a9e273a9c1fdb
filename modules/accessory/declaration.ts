/** The words in which an author declares an accessory. Types alone: what they mean is in declare.ts. */

import type { Category, Characteristics, ValueOf as CatalogueValueOf } from "hap/model/catalogue";
import type { CharacteristicDefinition, CharacteristicInfo, DatabaseDefinition, HapStatus, Value } from "hap/model/types";

/** Types of characteristics that answer for themselves, whoever declares them. */
export const enum OwnType {
	Identify = "14",
	Name = "23",
	SerialNumber = "30",
}

/** One of the catalogue's characteristics, or one of one's own. */
export type Info = Characteristics | CharacteristicInfo;

/** What values of a characteristic are in TypeScript. */
export type ValueOf<I extends Info> = I extends Characteristics ? CatalogueValueOf<I> : Value;

// biome-ignore lint/suspicious/noConfusingVoidType: what a function that answers nothing has
type WriteDone = HapStatus | void;
export type WriteAnswer = WriteDone | PromiseLike<WriteDone>;

/** `D` is the accessory's hardware: what serve() is given. */
export interface CharacteristicOptions<I extends Info, D> {
	readonly info: I;
	/** What this one has otherwise than `info` says: a smaller range, say. */
	readonly props?: Partial<CharacteristicInfo>;
	/** Else the next one after the characteristic before it. */
	readonly iid?: number;
	/** Constant, or the first value; else the zero of its kind. */
	readonly value?: ValueOf<I>;
	readonly description?: string;
	/** Asked at each reading; without it the last value is kept and shown. A throw is answered as "cannot communicate". */
	readonly read?: (device: D, aid: number) => ValueOf<I>;
	/** Asked when a controller reads what takes its time: at most nine seconds. What it was last is shown where nobody can wait. */
	readonly fetch?: (device: D, aid: number) => PromiseLike<ValueOf<I>>;
	/** A controller asks, and the value is one that the characteristic takes. Any other answer than Success refuses it. */
	readonly write?: (value: ValueOf<I>, device: D, aid: number) => WriteAnswer;
	/** Whether a write's authData is enough, where the characteristic has additional authorization. */
	readonly authorize?: (authData: string | undefined, device: D, aid: number) => boolean;
}

/** A characteristic that is declared: what the server's update() and value() are asked with. */
export interface Characteristic<V extends Value = Value> extends CharacteristicDefinition {
	readonly value?: V;
}

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

/** Its characteristics by the names that its author gave them, once it is part of an accessory. */
export type ServiceOf<T extends Record<string, Info>, D> = Service<D> & { readonly [P in keyof T]: Characteristic<ValueOf<T[P]>>; };

export interface AccessoryOptions<D> {
	/** Of a bridge's accessories only. Else they are counted from 2 on. */
	readonly aid?: number;
	/** Of a bridge's accessories only: so many alike, declared once, with aids from `aid` on and a number behind the name. */
	readonly count?: number;
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
	readonly read?: (device: D, aid: number) => Value;
	readonly fetch?: (device: D, aid: number) => PromiseLike<Value>;
	readonly write?: (value: Value, device: D, aid: number) => WriteAnswer;
	readonly authorize?: (authData: string | undefined, device: D, aid: number) => boolean;
}
