/** This accessory: a switch behind a relay. Its declaration is a constant, which lies in flash. */

import { accessory, service } from "hap/accessory/declare";
import { Category, Characteristics, Services } from "hap/model/catalogue";
import type { SwitchDevice } from "host/switch-device";

const NAME = "hap-xs Switch";

export const SWITCH = service(
	Services.Switch,
	{
		name: { info: Characteristics.Name, value: NAME },
		on: { info: Characteristics.On, value: false, write: (isOn, device: SwitchDevice) => device.switchTo(isOn) },
	},
	{ iid: 8, isPrimary: true },
);

export const ACCESSORY = accessory({
	name: NAME,
	model: "Switch1,1",
	firmware: "0.1.0",
	category: Category.Switch,
	services: [SWITCH],
});
