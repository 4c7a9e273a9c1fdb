/** In the place of host/this-accessory: a switch that tells admins alone when it is switched. */

import { accessory, service } from "hap/accessory/declare";
import { Category, Characteristics, Services } from "hap/model/catalogue";
import { Perms } from "hap/model/types";
import type { SwitchDevice } from "host/switch-device";

export const SWITCH = service(Services.Switch, {
	name: { info: Characteristics.Name, value: "Switch" },
	on: {
		info: Characteristics.On,
		props: { adminOnly: Perms.Notify },
		value: false,
		write: (isOn, device: SwitchDevice) => device.switchTo(isOn),
	},
});

export const ACCESSORY = accessory({ name: "hap-xs Switch", model: "Switch1,1", category: Category.Switch, services: [SWITCH] });
