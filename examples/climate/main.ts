/**
 * Temperature and humidity. Put a sensor's driver in the place of measure(), the SDK's embedded:sensor/… say; until then the board's
 * button is a breath on it.
 */

import Timer from "timer";
import { accessory, type AccessoryServer, Button, Category, Characteristics, serve, service, Services } from "hap";

const MEASURE_MS = 30_000;
const ROOM = { celsius: 21, percent: 45 };

class Sensor {
	readonly pin: number;
	private warmth = 0;

	constructor(private readonly server: AccessoryServer) {
		this.pin = server.target.pins.button?.pin ?? 0;
		new Button(this);
		this.show();
		Timer.repeat(() => this.show(), MEASURE_MS);
	}

	onPress(): void {
		this.warmth = 4;
		this.show();
	}

	private show(): void {
		const { celsius, percent } = this.measure();
		this.server.update(TEMPERATURE.celsius, celsius);
		this.server.update(HUMIDITY.percent, percent);
	}

	/** Degrees in steps of a tenth, per cent of relative humidity. */
	private measure() {
		const { warmth } = this;
		this.warmth = Math.max(0, warmth - 1);
		return { celsius: ROOM.celsius + warmth / 2, percent: ROOM.percent + 5 * warmth };
	}
}

const TEMPERATURE = service(Services.TemperatureSensor, {
	celsius: { info: Characteristics.CurrentTemperature, value: ROOM.celsius },
}, { isPrimary: true });
const HUMIDITY = service(Services.HumiditySensor, {
	percent: { info: Characteristics.CurrentRelativeHumidity, value: ROOM.percent },
});

const ACCESSORY = accessory({ name: "Climate", model: "Climate1,1", category: Category.Sensor, services: [TEMPERATURE, HUMIDITY] });

export default function main(): void {
	serve(ACCESSORY, (server) => new Sensor(server));
}
