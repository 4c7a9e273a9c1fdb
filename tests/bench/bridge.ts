/** In the bench, what stands in the place of host/this-accessory: a bridge with a hundred and fifty accessories, as many as HAP allows. */

import { bridge, service } from "hap/accessory/declare";
import { Characteristics, Services } from "hap/model/catalogue";
import type { SwitchDevice } from "host/switch-device";

const ACCESSORIES = 150;
const NAME = "hap-xs Bridge";

function switchNumber(number: number) {
	return service(Services.Switch, {
		name: { info: Characteristics.Name, value: `${NAME} ${number}` },
		on: { info: Characteristics.On, value: false, write: (isOn, device: SwitchDevice) => device.switchTo(isOn) },
	});
}

const SWITCHES = Array.from({ length: ACCESSORIES - 1 }, (_, at) => switchNumber(at + 2));

export const SWITCH = SWITCHES.at(-1)!;

export const ACCESSORY = bridge({
	name: NAME,
	model: "Bridge1,1",
	firmware: "0.1.0",
	accessories: SWITCHES.map((each, at) => ({ name: `${NAME} ${at + 2}`, model: "Switch1,1", firmware: "0.1.0", services: [each] })),
});
