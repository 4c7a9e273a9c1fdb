/** This accessory: a switch behind a relay. Its definition is a constant, which lies in flash. */

import { Category, Characteristics, Services } from "hap/model/catalogue";
import { defineAccessories } from "hap/model/define";

export const AID = 1;
export const NAME = "hap-xs Switch";
export const MODEL = "Switch1,1";
export const FIRMWARE = "0.1.0";
export const CATEGORY = Category.Switch;

export const enum Iid {
	Information = 1,
	Identify,
	Manufacturer,
	Model,
	Name,
	SerialNumber,
	FirmwareRevision,
	Switch,
	SwitchName,
	On,
	Protocol = 16,
	Version,
}

export const DEFINITION = defineAccessories([
	{
		aid: AID,
		services: [
			{
				iid: Iid.Information,
				type: Services.AccessoryInformation,
				characteristics: [
					{ iid: Iid.Identify, info: Characteristics.Identify },
					{ iid: Iid.Manufacturer, info: Characteristics.Manufacturer, value: "hap-xs" },
					{ iid: Iid.Model, info: Characteristics.Model, value: MODEL },
					{ iid: Iid.Name, info: Characteristics.Name, value: NAME },
					{ iid: Iid.SerialNumber, info: Characteristics.SerialNumber },
					{ iid: Iid.FirmwareRevision, info: Characteristics.FirmwareRevision, value: FIRMWARE },
				],
			},
			{
				iid: Iid.Protocol,
				type: Services.ProtocolInformation,
				characteristics: [{ iid: Iid.Version, info: Characteristics.Version, value: "1.1.0" }],
			},
			{
				iid: Iid.Switch,
				type: Services.Switch,
				isPrimary: true,
				characteristics: [
					{ iid: Iid.SwitchName, info: Characteristics.Name, value: NAME },
					{ iid: Iid.On, info: Characteristics.On, value: false },
				],
			},
		],
	},
]);
