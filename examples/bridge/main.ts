/** Three accessories behind one pairing: two relays and a door's contact, each with a name of its own in the Home app. */

import { type AccessoryServer, bridge, Button, Characteristics, Output, serve, service, Services } from "hap";

/** Of the ESP32 development kit. */
const PUMP_PIN = 26, FAN_PIN = 27;

class Cellar {
	readonly pump = new Output({ pin: PUMP_PIN });
	readonly fan = new Output({ pin: FAN_PIN });
	readonly pin: number;

	constructor(private readonly server: AccessoryServer) {
		this.pin = server.target.pins.button?.pin ?? 0;
		new Button(this);
	}

	/** The board's button is the door: each press is the other way round. */
	onPress(): void {
		this.server.update(DOOR.state, this.server.value(DOOR.state) === 1 ? 0 : 1);
	}

	identify(aid: number): void {
		this.server.target.log(`"Here I am," says number ${aid}`);
	}
}

const PUMP = service(Services.Switch, {
	on: { info: Characteristics.On, write: (isOn, cellar: Cellar) => cellar.pump.write(isOn) },
});
const FAN = service(Services.Switch, {
	on: { info: Characteristics.On, write: (isOn, cellar: Cellar) => cellar.fan.write(isOn) },
});
const DOOR = service(Services.ContactSensor, {
	state: { info: Characteristics.ContactSensorState, value: 0 },
});

const ACCESSORY = bridge({
	name: "Cellar",
	model: "Bridge1,1",
	accessories: [
		{ aid: 2, name: "Pump", model: "Pump1,1", services: [PUMP] },
		{ aid: 3, name: "Fan", model: "Fan1,1", services: [FAN] },
		{ aid: 4, name: "Cellar Door", model: "Contact1,1", services: [DOOR] },
	],
});

export default function main(): void {
	serve(ACCESSORY, (server) => new Cellar(server));
}
