/**
 * A process that floods a port with strangers' connections until it is ended: strangers.mjs PORT KIND [ADDRESSES]. It says "ready" when it has been put
 * out for the first time. Kinds: silent; trickle, a request byte by byte; half, a request that stops; verify, M1 of pair-verify and
 * no more; reset, connections that are reset at once.
 */

import { connect } from "node:net";
import { PAIRING_TYPE, requestBytes } from "./connection.mjs";
import { PairVerifyController } from "./session.mjs";

const AT_A_TIME = 100;
const TRICKLE_MS = 20;

const [port, kind, addresses = "1"] = process.argv.slice(2);
const m1 = requestBytes("POST", "/pair-verify", new PairVerifyController().m1(), { "Content-Type": PAIRING_TYPE });

const KINDS = {
	silent() {},
	half(socket) {
		socket.write(m1.subarray(0, 40));
	},
	verify(socket) {
		socket.write(m1);
	},
	trickle(socket) {
		let at = 0;
		const timer = setInterval(() => socket.write(m1.subarray(at, ++at)), TRICKLE_MS);
		socket.once("close", () => clearInterval(timer));
	},
	reset(socket) {
		socket.resetAndDestroy();
	},
};

let isReady = false;

function open(number) {
	const localAddress = addresses === "1" ? undefined : `127.0.1.${(number % Number(addresses)) + 1}`;
	const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress });
	socket.on("error", () => {}); // "close" follows it
	socket.resume();
	socket.once("connect", () => KINDS[kind](socket));
	socket.once("close", () => {
		if (!isReady)
			process.stdout.write("ready\n");
		isReady = true;
		setImmediate(open, number);
	});
}

for (let i = 0; i < AT_A_TIME; i++)
	open(i);
