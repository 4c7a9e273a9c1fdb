/** Waits with one of everything that the loop can wait for, and answers keys. */

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import { print, watchKeys, watchSignals } from "host:process";
import Timer from "timer";

export default function main(): void {
	let accepted: TCP | undefined;
	const listener: Listener = new Listener({
		onReadable(this: Listener) {
			accepted = new TCP({ from: this.read() } as never);
		},
	});
	const deaf: Listener = new Listener({ address: "127.0.0.1" });
	new TCP({ address: "127.0.0.1", port: deaf.port });
	new TCP({ address: "127.0.0.1", port: listener.port });
	new UDP({ address: "127.0.0.1", onReadable() {} });
	Timer.set(() => accepted?.close(), 1);
	Timer.set(() => {}, 3600000);
	watchKeys((code) => print(`key ${code}`));
	watchSignals((number) => print(`signal ${number}`));
	print("ready");
}
