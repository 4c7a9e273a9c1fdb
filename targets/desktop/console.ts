/** The terminal as the accessory's case: the label with code and QR, the button, the light, a look inside. */

import { drivePin } from "host:pins";
import { collectGarbage, exit, heapCounters, print, watchKeys, watchSignals } from "host:process";
import Timer from "timer";
import { providerName } from "hap/crypto/crypto";
import type { AccessoryServer } from "hap/accessory/accessory-server";
import { Keys, type KeysOwner } from "target/keys";
import { printQr, qrColumns } from "target/qr-lines";
import { columns, emphasize, isJson, say } from "target/terminal";

const PRESS_MS = 80;
const GOODBYE_MS = 50;

/** What a case has printed on it, for programs. */
function printLabelObject(server: AccessoryServer, host: string | undefined): void {
	const { name, deviceId, port, isPaired, setupCode, setupPayload, pairings } = server;
	const secrets = isPaired ? {} : { setupCode, setupPayload };
	print(
		JSON.stringify({ label: { name, deviceId, host: host ?? null, port, crypto: providerName, pairings: pairings.count, ...secrets } }),
	);
}

function printLabel(server: AccessoryServer, host: string | undefined): void {
	say(`listening on ${host ?? "all interfaces"} port ${server.port}`);
	say(`device id ${server.deviceId}`);
	say(`crypto: ${providerName}`);
	if (server.isPaired) {
		say(`paired with ${server.pairings.count} controller${server.pairings.count === 1 ? "" : "s"}`);
		return;
	}
	print("");
	const { setupPayload } = server;
	if (columns() >= qrColumns(setupPayload))
		printQr(setupPayload, print);
	else
		print(`  the QR code needs ${qrColumns(setupPayload)} columns; type the setup code instead`);
	print("");
	print(`  setup code  ${emphasize(server.setupCode)}`);
	say(`  payload     ${setupPayload}`);
	print("");
}

function printInside(server: AccessoryServer): void {
	collectGarbage();
	const heap = heapCounters();
	if (isJson()) {
		print(JSON.stringify({ inside: { sessions: server.describeSessions(), heap } }));
		return;
	}
	const slotBytes = heap.slots * heap.slotBytes;
	for (const line of server.describeSessions())
		print(line);
	print(
		`heap: ${slotBytes + heap.chunkBytes} bytes live (${heap.slots} slots of ${heap.slotBytes}, chunks ${heap.chunkBytes}), `
			+ `stack ${heap.stackSlotsPeak * heap.slotBytes} at most, tables ${heap.tableBytes}, `
			+ `never used ${heap.blockFree} of ${heap.blockBytes}`,
	);
	print(`waits for ${heap.sources} descriptors, ${heap.deadlines} timers`);
}

/** What is there for a person: keys are the button, signals the power switch. */
export class Console implements KeysOwner {
	readonly server: AccessoryServer;
	private readonly buttonPin: number;

	constructor(server: AccessoryServer, buttonPin: number, host: string | undefined) {
		this.server = server;
		this.buttonPin = buttonPin;
		if (isJson())
			printLabelObject(server, host);
		else
			printLabel(server, host);
		watchSignals(() => this.quit());
		const keys = new Keys(this);
		if (watchKeys((code) => keys.onKey(code)))
			say("space presses the button, r resets, s shows sessions and memory, q quits");
		say("ready");
	}

	press(): void {
		drivePin(this.buttonPin, 0);
		Timer.set(() => drivePin(this.buttonPin, 1), PRESS_MS);
	}

	look(): void {
		printInside(this.server);
	}

	quit(): void {
		this.server.stop();
		Timer.set(() => exit(0), GOODBYE_MS);
	}

	print(line: string): void {
		say(line);
	}
}
