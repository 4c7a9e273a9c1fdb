/** The keeper of a network interface, against an interface of our own and a clock of our own. */

import type { NetworkListener } from "hap/accessory/network";
import { type Link, Uplink } from "hap/accessory/uplink";
import { equal, same, test } from "tests/harness";

class World implements Link, NetworkListener {
	connection = 200;
	address: string | undefined;
	readonly hint = "no such network, or another password";
	readonly log: string[] = [];
	readonly uplink = new Uplink(this, this);
	now = 0;
	/** What connect() refuses with. */
	refusal = "";

	connect(): void {
		if (this.refusal)
			throw new Error(this.refusal);
		this.log.push(`${this.now} connect`);
		this.connection = 300;
	}

	disconnect(): void {
		this.connection = 200;
		this.address = undefined;
	}

	onAddress(): void {
		this.log.push(`${this.now} ${this.uplink.address}`);
	}

	onNoAddress(reason: string): void {
		this.log.push(`${this.now} ${reason}`);
	}

	/** Time passes up to then; every tick that is due is given. */
	until(then: number): string[] {
		while (this.uplink.due <= then) {
			this.now = Math.max(this.now, this.uplink.due);
			this.uplink.tick(this.now);
		}
		this.now = then;
		return this.log.splice(0);
	}

	becomes(connection: number, address?: string): string[] {
		this.connection = connection;
		this.address = address;
		this.uplink.onChanged(this.now);
		return this.log.splice(0);
	}
}

function connected(): World {
	const world = new World();
	world.until(0);
	world.becomes(400);
	world.becomes(500, "192.0.2.7");
	return world;
}

test("it joins at once and tells the address", () => {
	const world = new World();
	same(world.until(2000), ["0 connect"]);
	same(world.becomes(400), []);
	same(world.becomes(500, "192.0.2.7"), ["2000 192.0.2.7"]);
	equal(world.uplink.due, Infinity);
	same(world.until(1_000_000), []);
});

test("a wrong password or no access point: told, and tried again after times that double up to a minute", () => {
	const world = new World();
	const waits: number[] = [];
	world.until(0);
	for (let i = 0; i < 9; i++) {
		world.now += 3000;
		const [line] = world.becomes(200);
		waits.push(Number(line.match(/tried again in (\d+) s/)?.[1]));
		same(world.until(world.uplink.due), [`${world.now} connect`]);
	}
	same(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("joining that neither succeeds nor fails is given up", () => {
	const world = new World();
	same(world.until(19_999), ["0 connect"]);
	same(world.until(20_000), ["20000 no such network, or another password; tried again in 1 s"]);
	equal(world.connection, 200);
	same(world.until(21_000), ["21000 connect"]);
});

test("no DHCP answer: left, and joined again", () => {
	const world = new World();
	world.until(0);
	world.becomes(400);
	world.becomes(400);
	same(world.until(29_999), []);
	same(world.until(30_000), ["30000 joined, but the network gives no address (DHCP); tried again in 1 s"]);
	same(world.until(31_000), ["31000 connect"]);
});

test("without an SSID it says so, for ever", () => {
	const world = new World();
	world.refusal = "no ssid";
	same(world.until(3000), [
		"0 no ssid; tried again in 1 s",
		"1000 no ssid; tried again in 2 s",
		"3000 no ssid; tried again in 4 s",
	]);
	equal(world.until(86_400_000).length, 1442);
});

test("a lost connection comes back and tells its address again, though it is the same", () => {
	const world = connected();
	world.now = 90_000;
	same(world.becomes(200), ["90000 the connection is lost; tried again in 1 s"]);
	equal(world.uplink.address, undefined);
	same(world.until(91_000), ["91000 connect"]);
	world.becomes(400);
	same(world.becomes(500, "192.0.2.7"), ["91000 192.0.2.7"]);
});

test("another address is told; the same one is not", () => {
	const world = connected();
	same(world.becomes(500, "192.0.2.7"), []);
	same(world.becomes(500, "192.0.2.9"), ["0 192.0.2.9"]);
});

test("an address that goes while the connection stays is told, and waited for", () => {
	const world = connected();
	same(world.becomes(400), ["0 the address is lost"]);
	same(world.becomes(500, "192.0.2.7"), ["0 192.0.2.7"]);
	world.becomes(400);
	same(world.until(30_000), ["30000 joined, but the network gives no address (DHCP); tried again in 1 s"]);
});

test("success makes the next wait short again", () => {
	const world = new World();
	world.refusal = "busy";
	world.until(100_000);
	world.refusal = "";
	world.until(world.uplink.due);
	world.becomes(500, "192.0.2.7");
	same(world.becomes(200), [`${world.now} the connection is lost; tried again in 1 s`]);
});

test("news of an attempt that was given up are no news", () => {
	const world = new World();
	world.until(20_000);
	same(world.becomes(200), []);
	same(world.becomes(300), []);
	equal(world.uplink.due, 21_000);
});
