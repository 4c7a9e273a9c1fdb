/** A lamp that can be dimmed: a transistor behind a PWM pin, which is that of the board's light. */

import PWM from "embedded:io/pwm";
import { accessory, Category, Characteristics, serve, service, Services } from "hap";

class Dimmer {
	private readonly pwm: PWM;
	private isOn = false;
	private percent = 100;

	constructor(pin: number) {
		this.pwm = new PWM({ pin });
		this.refresh();
	}

	turn(isOn: boolean): void {
		this.isOn = isOn;
		this.refresh();
	}

	dim(percent: number): void {
		this.percent = percent;
		this.refresh();
	}

	/** The eye sees a half of the light as three quarters of it; the square comes close to undoing that. */
	private refresh(): void {
		const most = 2 ** this.pwm.resolution - 1;
		this.pwm.write(this.isOn ? Math.round(most * (this.percent / 100) ** 2) : 0);
	}
}

const LAMP = service(Services.Lightbulb, {
	on: { info: Characteristics.On, write: (isOn, dimmer: Dimmer) => dimmer.turn(isOn) },
	brightness: { info: Characteristics.Brightness, value: 100, write: (percent, dimmer) => dimmer.dim(percent) },
});

const ACCESSORY = accessory({ name: "Lamp", model: "Lamp1,1", category: Category.Lightbulb, services: [LAMP] });

export default function main(): void {
	serve(ACCESSORY, ({ target }) => new Dimmer(target.pins.led?.pin ?? target.pins.relay.pin));
}
