/** In the bench, what stands in the place of host/this-accessory: a bridge with 150 accessories, as many as HAP allows. */

import { Category, Characteristics, Services } from "hap/model/catalogue";
import { type AccessoryDescription, defineAccessories, type ServiceDescription } from "hap/model/define";
import { Iid } from "host/this-accessory";

const ACCESSORIES = 150;

export const AID = 1;
export const NAME = "hap-xs Bridge";
export const MODEL = "Bridge1,1";
export const FIRMWARE = "0.1.0";
export const CATEGORY = Category.Bridge;

function information(name: string): ServiceDescription {
	return {
		iid: Iid.Information,
		type: Services.AccessoryInformation,
		characteristics: [
			{ iid: Iid.Identify, info: Characteristics.Identify },
			{ iid: Iid.Manufacturer, info: Characteristics.Manufacturer, value: "hap-xs" },
			{ iid: Iid.Model, info: Characteristics.Model, value: MODEL },
			{ iid: Iid.Name, info: Characteristics.Name, value: name },
			{ iid: Iid.SerialNumber, info: Characteristics.SerialNumber, value: "00:00:00:00:00:00" },
			{ iid: Iid.FirmwareRevision, info: Characteristics.FirmwareRevision, value: FIRMWARE },
		],
	};
}

function switchService(name: string): ServiceDescription {
	return {
		iid: Iid.Switch,
		type: Services.Switch,
		characteristics: [
			{ iid: Iid.SwitchName, info: Characteristics.Name, value: name },
			{ iid: Iid.On, info: Characteristics.On, value: false },
		],
	};
}

function accessory(aid: number): AccessoryDescription {
	const name = `${NAME} ${aid}`;
	const protocol = { iid: Iid.Protocol, type: Services.ProtocolInformation, characteristics: [VERSION] };
	return { aid, services: aid === AID ? [information(name), protocol, switchService(name)] : [information(name), switchService(name)] };
}

const VERSION = { iid: Iid.Version, info: Characteristics.Version, value: "1.1.0" };

export const DEFINITION = defineAccessories(Array.from({ length: ACCESSORIES }, (_, at) => accessory(AID + at)));
