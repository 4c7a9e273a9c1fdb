import config from "mc/config";
import type { Firmware } from "host/firmware";
import type { Pins, Target } from "host/target";

class Esp32Target implements Target {
	get pins(): Pins {
		return config as unknown as Pins;
	}

	get storagePath(): string {
		return "hap-xs";
	}

	get port(): number | undefined {
		return undefined;
	}

	get host(): string | undefined {
		return undefined;
	}

	get name(): string | undefined {
		return config.name as string | undefined;
	}

	get setupCode(): string | undefined {
		return config.setupCode as string | undefined;
	}

	get isDiscoverable(): boolean {
		return true;
	}

	get interfaces(): readonly string[] {
		return ["0.0.0.0"];
	}

	get isPortShared(): boolean {
		return false;
	}

	addresses(): readonly string[] {
		return [];
	}

	log(line: string): void {
		trace(`${line}\n`);
	}

	fail(message: string): void {
		trace(`hap-xs: ${message}\n`);
	}

	onReady(_firmware: Firmware): void {
	}
}

export function openTarget(): Target {
	return new Esp32Target();
}
