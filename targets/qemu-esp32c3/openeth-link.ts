/** Ethernet of the emulator as a link of the uplink. The driver is asked, not listened to: once in half a second is plenty here. */

import Timer from "timer";
import type { Link } from "hap/accessory/uplink";
import { ethernetAddress, isEthernetLinked, openEthernet, startEthernet, stopEthernet } from "esp32/openeth";

const ASK_MS = 500;

/** ECMA-419's numbers, see host/uplink.ts. */
const enum Connection {
	None = 200,
	Joining = 300,
	Joined = 400,
	Addressed = 500,
}

class OpenEthLink implements Link {
	private isStarted = false;
	private last: number = Connection.None;

	constructor(onChanged: () => void) {
		openEthernet();
		Timer.repeat(() => {
			const { connection } = this;
			if (connection === this.last)
				return;
			this.last = connection;
			onChanged();
		}, ASK_MS);
	}

	get connection(): number {
		if (!this.isStarted)
			return Connection.None;
		if (!isEthernetLinked())
			return Connection.Joining;
		return this.address === undefined ? Connection.Joined : Connection.Addressed;
	}

	get address(): string | undefined {
		return ethernetAddress();
	}

	get hint(): string {
		return "no cable: start the emulator with -nic user,model=open_eth";
	}

	connect(): void {
		startEthernet();
		this.isStarted = true;
	}

	disconnect(): void {
		stopEthernet();
		this.isStarted = false;
	}
}

export function openLink(onChanged: () => void): Link {
	return new OpenEthLink(onChanged);
}
