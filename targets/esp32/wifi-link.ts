/** Wi-Fi as a station. Name and password come from mcconfig's command line: ssid=… password=… */

import config from "mc/config";
import WiFi from "embedded:network/interface/wifi";
import type { Link } from "hap/accessory/uplink";

interface Config {
	readonly ssid?: string;
	readonly password?: string;
}

const CONFIG = config as Config;

class WiFiLink implements Link {
	private readonly wifi: WiFi;

	/** The radio runs from here on. */
	constructor(onChanged: () => void) {
		this.wifi = new WiFi({ onChanged });
	}

	get connection(): number {
		return this.wifi.connection;
	}

	get address(): string | undefined {
		return this.wifi.address;
	}

	get hint(): string {
		return `cannot join "${CONFIG.ssid}": no such access point within reach, or its password is another one`;
	}

	connect(): void {
		const { ssid, password } = CONFIG;
		if (!ssid)
			throw new Error("no Wi-Fi: the image was built without ssid=… password=…");
		this.wifi.connect(password ? { SSID: ssid, password } : { SSID: ssid });
	}

	disconnect(): void {
		this.wifi.disconnect();
	}
}

export function openLink(onChanged: () => void): Link {
	return new WiFiLink(onChanged);
}
