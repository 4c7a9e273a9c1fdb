/** A bell push: a button without a state of its own. A press, and a long press, are events that automations can wait for. */

import { accessory, type AccessoryServer, Button, Category, Characteristics, serve, service, Services } from "hap";

/** Values of ProgrammableSwitchEvent; 1, two presses, is not told apart here. */
const enum Press {
	Single = 0,
	Long = 2,
}

class BellPush {
	readonly pin: number;
	readonly warnMS = 500;
	readonly holdMS = 800;

	constructor(private readonly server: AccessoryServer) {
		this.pin = server.target.pins.button?.pin ?? 0;
		new Button(this);
	}

	onPress(): void {
		this.server.update(PUSH.event, Press.Single);
	}

	onHold(): void {
		this.server.update(PUSH.event, Press.Long);
	}

	/** Held longer than a press and shorter than a hold is a press. */
	onHoldCancelled(): void {
		this.onPress();
	}
}

const PUSH = service(Services.StatelessProgrammableSwitch, {
	event: { info: Characteristics.ProgrammableSwitchEvent, props: { validValues: [Press.Single, Press.Long] } },
});

const ACCESSORY = accessory({ name: "Bell", model: "Bell1,1", category: Category.ProgrammableSwitch, services: [PUSH] });

export default function main(): void {
	serve(ACCESSORY, (server) => new BellPush(server));
}
