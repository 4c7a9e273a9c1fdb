/**
 * In the place of host/this-accessory: a bridge of 150 accessories, 148 of which are switches declared once, and a thermometer
 * whose readings take their time.
 */

import Timer from "timer";
import { bridge, service } from "hap/accessory/declare";
import { Characteristics, Services } from "hap/model/catalogue";
import type { SwitchDevice } from "host/switch-device";

const READING_MS = 300;

export const SWITCH = service(Services.Switch, {
	name: { info: Characteristics.Name, value: "Switch" },
	on: { info: Characteristics.On, value: false, write: (isOn, device: SwitchDevice) => device.switchTo(isOn) },
});

function later<T>(value: T): Promise<T> {
	return new Promise((resolve) => {
		Timer.set(() => resolve(value), READING_MS);
	});
}

/** The second one is broken, and never answers. */
const THERMOMETER = service(Services.TemperatureSensor, {
	temperature: { info: Characteristics.CurrentTemperature, value: 19, fetch: () => later(21.5) },
	active: { info: Characteristics.StatusActive, value: true, fetch: () => new Promise<boolean>(() => {}) },
});

export const ACCESSORY = bridge({
	name: "hap-xs Bridge",
	model: "Bridge1,1",
	accessories: [
		{ name: "Switch", model: "Switch1,1", count: 148, services: [SWITCH] },
		{ name: "Thermometer", model: "Sensor1,1", services: [THERMOMETER] },
	],
});
