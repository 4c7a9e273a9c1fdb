/**
 * Accessories as their authors write them: a name, services, and what reading and writing a characteristic does. Run when modules
 * load, so that what is declared lies in flash, and what is wrong with it shows when the image is built.
 */

import {
	type Accessory,
	type AccessoryOptions,
	type BridgeOptions,
	type CharacteristicOptions,
	type Info,
	OwnType,
	type Service,
	type ServiceOf,
	type ServiceOptions,
	type SingleOptions,
} from "hap/accessory/declaration";
import { Category, Characteristics, Services } from "hap/model/catalogue";
import { type CharacteristicDescription, defineAccessories, DefinitionError, type ServiceDescription } from "hap/model/define";
import { requireValue } from "hap/model/definition-checks";
import { accessoryOf } from "hap/model/places";
import { infoOf } from "hap/model/rows";
import { type CharacteristicDefinition, Perms } from "hap/model/types";

const AID = 1;
/** Behind the accessory's information, with room for what that may grow by. */
const PROTOCOL_IID = 16;
/** So that a service which gets a characteristic more does not renumber those behind it. */
const SERVICE_STEP = 16;
const FIRMWARE = "1.0.0";
const MANUFACTURER = "hap-xs";

/** A service and its characteristics, under names of the author's choice; `type` is one of Services, or a long UUID of another maker's. */
export function service<T extends Record<string, Info>, D = unknown>(
	type: Services | string,
	characteristics: { readonly [P in keyof T]: CharacteristicOptions<T[P], D>; },
	options: ServiceOptions = {},
): ServiceOf<T, D> {
	return { serviceType: type, options, ...characteristics } as unknown as ServiceOf<T, D>;
}

/** An accessory that is paired by itself. DefinitionError says what is wrong with it, and where. */
export function accessory<D>(options: SingleOptions<D>): Accessory<D> {
	return declare(options, options.category, [describe(options, options.services, AID)]);
}

/** Accessories behind one pairing. Controllers know them by their `aid`: give it, when one may be taken out one day. */
export function bridge<D>(options: BridgeOptions<D>): Accessory<D> {
	let free = AID + 1;
	const bridged = options.accessories.map((each) => {
		const aid = each.aid ?? free;
		free = aid + (each.count ?? 1);
		return describe(each, each.services, aid);
	});
	return declare(options, Category.Bridge, [describe(options, [], AID), ...bridged]);
}

/** What the model is told of an accessory, and the services as their author has them. */
interface Described {
	readonly aid: number;
	readonly count?: number;
	readonly services: readonly ServiceDescription[];
	readonly handles: readonly Handle[];
}

type About = Omit<AccessoryOptions<never>, "services">;
type Handle = Service<never>;

function declare<D>({ name, model }: About, category: number, described: readonly Described[]): Accessory<D> {
	const definition = defineAccessories(described.map(({ aid, count, services }) => ({ aid, count, services })));
	described.forEach(({ aid, handles }) => {
		const services = accessoryOf(definition, aid)!.services.slice(-handles.length);
		handles.forEach((handle, index) => {
			requireUnused(name, handle);
			complete(handle, services[index].characteristics);
		});
	});
	return Object.freeze({ name, model, category, definition });
}

function requireUnused(accessoryName: string, handle: Handle): void {
	if (Object.isFrozen(handle))
		throw new DefinitionError(`"${accessoryName}": service ${uuidOf(handle)} is declared once and used twice`);
}

/** From here on the author's names stand for what is defined. */
function complete(handle: Handle, characteristics: readonly CharacteristicDefinition[]): void {
	const named = handle as unknown as Record<string, CharacteristicDefinition>;
	namesOf(handle).forEach((name, at) => {
		named[name] = characteristics[at];
	});
	Object.freeze(handle.options.linked);
	Object.freeze(handle.options);
	Object.freeze(handle);
}

function namesOf(handle: Handle): string[] {
	return Object.keys(handle).filter((name) => name !== "serviceType" && name !== "options");
}

function describe(about: About, handles: readonly Handle[], aid: number): Described {
	const iids = numberServices(handles);
	const owners = new Map<number, string>();
	const services = handles.map((handle, at) => {
		requireUnused(about.name, handle);
		const { linked, isPrimary, isHidden } = handle.options;
		return {
			iid: iids[at],
			type: handle.serviceType,
			...(isPrimary && { isPrimary }),
			...(isHidden && { isHidden }),
			...(linked && { linked: linked.map((other) => iids[handles.indexOf(other)]) }),
			characteristics: describeCharacteristics(about.name, handle, iids[at], owners),
		};
	});
	return { aid, count: about.count, services: [information(about), protocol(), ...services], handles };
}

/** What is not given is the next multiple of sixteen. */
function numberServices(handles: readonly Handle[]): number[] {
	let free = PROTOCOL_IID + SERVICE_STEP;
	return handles.map((handle) => {
		const iid = handle.options.iid ?? free;
		const end = Math.max(free, iid + 1 + namesOf(handle).length);
		free = Math.ceil(end / SERVICE_STEP) * SERVICE_STEP;
		return iid;
	});
}

/** `owners`: which characteristic of the accessory has an iid already. */
function describeCharacteristics(
	accessoryName: string,
	handle: Handle,
	serviceIid: number,
	owners: Map<number, string>,
): CharacteristicDescription[] {
	const written = handle as unknown as Record<string, CharacteristicOptions<Info, never>>;
	let last = serviceIid;
	return namesOf(handle).map((name) => {
		const options = written[name];
		last = options.iid ?? last + 1;
		const where = `service ${uuidOf(handle)}, ${name} (iid ${last})`;
		check(options, `"${accessoryName}", ${where}`);
		if (owners.has(last))
			throw new DefinitionError(`"${accessoryName}", ${where}: the iid is that of ${owners.get(last)}`);
		owners.set(last, where);
		return { ...options, iid: last, isKept: isKept(options) };
	});
}

/** Whether its value is the database's alone; the accessory itself has its name and its number. */
function isKept({ info, read, fetch }: CharacteristicOptions<Info, never>): boolean {
	const { type } = typeof info === "string" ? infoOf(info) : info;
	return !read && !fetch && type !== OwnType.Name && type !== OwnType.SerialNumber;
}

function uuidOf({ serviceType }: Handle): string {
	return serviceType.split(" ")[0];
}

/** The model checks what a database may be; here is what only an author's code can get wrong, and the names to find it by. */
function check({ info: row, props, value, read, fetch, write }: CharacteristicOptions<Info, never>, where: string): void {
	const info = { ...(typeof row === "string" ? infoOf(row) : row), ...props };
	if (write && (info.perms & Perms.PairedWrite) === 0)
		throw new DefinitionError(`${where}: has "write", and controllers may not write it`);
	if ((read || fetch) && (info.perms & Perms.PairedRead) === 0)
		throw new DefinitionError(`${where}: has "${read ? "read" : "fetch"}", and controllers may not read it`);
	if (value !== undefined && value !== null)
		requireValue(value, info, where);
}

function information({ name, model, manufacturer, serialNumber, firmware }: About): ServiceDescription {
	const infos: readonly [Characteristics, string | undefined][] = [
		[Characteristics.Identify, undefined],
		[Characteristics.Manufacturer, manufacturer ?? MANUFACTURER],
		[Characteristics.Model, model],
		[Characteristics.Name, name],
		[Characteristics.SerialNumber, serialNumber],
		[Characteristics.FirmwareRevision, firmware ?? FIRMWARE],
	];
	const characteristics = infos.map(([info, value], at) => ({
		iid: at + 2,
		info,
		...(value !== undefined && { value }),
		isKept: isKept({ info }),
	}));
	return { iid: 1, type: Services.AccessoryInformation, characteristics };
}

function protocol(): ServiceDescription {
	return {
		iid: PROTOCOL_IID,
		type: Services.ProtocolInformation,
		characteristics: [{ iid: PROTOCOL_IID + 1, info: Characteristics.Version, value: "1.1.0", isKept: true }],
	};
}

/** For lockdown/declarations, once everything is declared: functions that no variable holds any more are none of the image's. */
export function leaveFlash(gone: readonly (() => never)[]): void {
	// @ts-expect-error: to the engine their names are variables
	[service, accessory, bridge, leaveFlash] = gone;
}
