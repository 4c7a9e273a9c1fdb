/** A switch: a relay, a button that toggles it and resets when it is held, a light that shows it. */

import { accessory, type AccessoryServer, Category, Characteristics, Output, Panel, serve, service, Services } from "hap";

class SwitchBox extends Panel<AccessoryServer> {
	private readonly relay: Output;

	constructor(server: AccessoryServer) {
		super(server.target.pins, server);
		this.relay = new Output(server.target.pins.relay);
	}

	turn(isOn: boolean): void {
		this.relay.write(isOn);
		this.light(isOn);
	}

	override onPress(): void {
		const isOn = !this.owner.value(SWITCH.on);
		this.turn(isOn);
		this.owner.update(SWITCH.on, isOn);
	}
}

const SWITCH = service(Services.Switch, {
	on: { info: Characteristics.On, write: (isOn, box: SwitchBox) => box.turn(isOn) },
});

const ACCESSORY = accessory({ name: "Switch", model: "Switch1,1", category: Category.Switch, services: [SWITCH] });

export default function main(): void {
	serve(ACCESSORY, (server) => new SwitchBox(server));
}
