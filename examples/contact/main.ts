/** A door's contact: a reed switch between a pin and ground, which a magnet closes. The pin is that of the board's button. */

import Digital from "embedded:io/digital";
import Timer from "timer";
import { accessory, type AccessoryServer, Category, Characteristics, serve, service, Services } from "hap";

const DEBOUNCE_MS = 20;

/** Values of ContactSensorState. */
const enum Contact {
	Detected = 0,
	NotDetected = 1,
}

class Reed {
	private readonly pin: Digital;
	private settling: Timer | undefined;

	constructor(private readonly server: AccessoryServer) {
		this.pin = new Digital({
			pin: server.target.pins.button?.pin ?? 0,
			mode: Digital.InputPullUp,
			edge: Digital.Rising | Digital.Falling,
			onReadable: () => this.onEdge(),
		});
		this.show();
	}

	private onEdge(): void {
		Timer.clear(this.settling);
		this.settling = Timer.set(() => this.show(), DEBOUNCE_MS);
	}

	private show(): void {
		this.server.update(CONTACT.state, this.pin.read() === 0 ? Contact.Detected : Contact.NotDetected);
	}
}

const CONTACT = service(Services.ContactSensor, {
	state: { info: Characteristics.ContactSensorState, value: Contact.NotDetected },
});

const ACCESSORY = accessory({ name: "Door", model: "Contact1,1", category: Category.Sensor, services: [CONTACT] });

export default function main(): void {
	serve(ACCESSORY, (server) => new Reed(server));
}
