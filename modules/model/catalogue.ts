/**
 * Services and characteristics of the HAP R2 specification, by the names it gives them ("Apple-defined Services",
 * "Apple-defined Characteristics"). Constants: they lie in flash, used or not.
 */

import { type CharacteristicInfo, Format, Perms } from "hap/model/types";

const READ = Perms.PairedRead;
const READ_NOTIFY = Perms.PairedRead | Perms.Notify;
const READ_WRITE_NOTIFY = Perms.PairedRead | Perms.PairedWrite | Perms.Notify;

type Info<F extends Format> = CharacteristicInfo & { readonly format: F; };

function text(type: string): Info<Format.String> {
	return { type, format: Format.String, perms: READ };
}

export const Characteristics = Object.freeze(
	{
		FirmwareRevision: text("52"),
		HardwareRevision: text("53"),
		Identify: { type: "14", format: Format.Bool, perms: Perms.PairedWrite } as Info<Format.Bool>,
		Manufacturer: text("20"),
		Model: text("21"),
		Name: text("23"),
		On: { type: "25", format: Format.Bool, perms: READ_WRITE_NOTIFY } as Info<Format.Bool>,
		OutletInUse: { type: "26", format: Format.Bool, perms: READ_NOTIFY } as Info<Format.Bool>,
		SerialNumber: text("30"),
		Version: text("37"),
	},
	true,
);

export const enum Services {
	AccessoryInformation = "3E",
	ProtocolInformation = "A2",
	Outlet = "47",
	Switch = "49",
}

/** HAP R2 "Accessory Categories": `ci` of the TXT record. */
export const enum Category {
	Other = 1,
	Bridge = 2,
	Outlet = 7,
	Switch = 8,
}
