/** An outlet that measures what flows: watts and kilowatt hours, which the Eve app shows. The meter here is a kettle of 2 kW. */

import Timer from "timer";
import { accessory, type AccessoryServer, Category, Characteristics, Format, Output, Perms, serve, service, Services } from "hap";

const KETTLE_WATTS = 2000;
const MEASURE_MS = 10_000;
const MS_AN_HOUR = 3_600_000;

/** Eve's own characteristics; the unit is in the app's hands. */
const eve = (id: string) => ({
	type: `E863F1${id}-079E-48FF-8F27-9C2605A29F52`,
	format: Format.Float,
	perms: Perms.PairedRead | Perms.Notify,
});

class Meter {
	private readonly relay: Output;
	private wattHours = 0;
	private measuredAt: number;

	constructor(private readonly server: AccessoryServer) {
		this.relay = new Output(server.target.pins.relay);
		this.measuredAt = server.now();
		Timer.repeat(() => this.measure(), MEASURE_MS);
	}

	turn(isOn: boolean): void {
		this.measure();
		this.relay.write(isOn);
		this.server.update(OUTLET.watts, isOn ? KETTLE_WATTS : 0);
	}

	/** What has flowed since the last time. */
	private measure(): void {
		const now = this.server.now();
		this.wattHours += this.server.value(OUTLET.watts) as number * (now - this.measuredAt) / MS_AN_HOUR;
		this.measuredAt = now;
		this.server.update(OUTLET.kilowattHours, Math.round(this.wattHours) / 1000);
	}
}

const OUTLET = service(Services.Outlet, {
	on: { info: Characteristics.On, write: (isOn, meter: Meter) => meter.turn(isOn) },
	inUse: { info: Characteristics.OutletInUse, value: true },
	watts: { info: eve("0D"), value: 0 },
	kilowattHours: { info: eve("0C"), value: 0 },
});

const ACCESSORY = accessory({ name: "Kettle", model: "Outlet1,1", category: Category.Outlet, services: [OUTLET] });

export default function main(): void {
	serve(ACCESSORY, (server) => new Meter(server));
}
