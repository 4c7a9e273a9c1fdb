/** The responder on real sockets, on the loopback interface, asked by a querier of plain DNS. RFC 6762 section 6.7. */

import UDP from "embedded:io/socket/udp";
import { Discovery } from "hap/discovery/discovery";
import { now } from "host:process";
import { decode, encode, type Message, question } from "tests/fakes/dns-text";
import { equal, ok, same, sleep, test } from "tests/harness";

const INSTANCE = `Socket test ${Math.floor(Math.random() * 1e9)}`;
const NAME = `${INSTANCE}._hap._tcp.local`;
const LOOPBACK = "127.0.0.1";

function discover(): Discovery {
	const text = { "c#": 1, ff: 0, id: "E1:91:1A:70:85:AA", md: "Switch", pv: "1.1", "s#": 1, sf: 1, ci: 8, sh: "yf4bzw==" };
	return new Discovery({
		service: { instance: INSTANCE, hostName: INSTANCE, port: 8080, text },
		addresses: () => [LOOPBACK],
		interfaces: [LOOPBACK],
		isPortShared: true,
		now,
		random: Math.random,
	});
}

class Querier {
	readonly messages: Message[] = [];
	readonly #socket: UDP & { close(): void; };

	constructor() {
		const { messages } = this;
		const options = {
			address: LOOPBACK,
			multicast: "224.0.0.251",
			timeToLive: 255,
			onReadable(this: UDP) {
				messages.push(decode(new Uint8Array(this.read())));
			},
		};
		this.#socket = new UDP(options) as UDP & { close(): void; };
	}

	/** Asks until an answer comes. */
	async ask(name: string, type: string): Promise<Message> {
		for (let i = 0; i < 50; i++) {
			this.#socket.write(encode({ id: 77, questions: [question(name, type)] }), "224.0.0.251", 5353);
			await sleep(50);
			const message = this.messages.pop();
			if (message)
				return message;
		}
		throw new Error("no answer");
	}

	close(): void {
		this.#socket.close();
	}
}

async function established(discovery: Discovery): Promise<void> {
	for (let i = 0; i < 100 && !discovery.isEstablished; i++)
		await sleep(50);
}

test("a service is found, told anew, and gone after close", async () => {
	const discovery = discover();
	const querier = new Querier();
	equal(discovery.isEstablished, false);
	await established(discovery);
	equal(discovery.isEstablished, true);
	equal(discovery.instance, INSTANCE);

	const answer = await querier.ask(NAME, "SRV");
	equal(answer.id, 77);
	same(answer.answers, [`${NAME} SRV 10 0 0 8080 ${INSTANCE}.local`]);
	discovery.update({ sf: 0 });
	ok((await querier.ask(NAME, "TXT")).answers[0].includes("|sf=0|"));

	discovery.networkChanged();
	equal(discovery.isEstablished, false);
	await established(discovery);
	equal((await querier.ask(NAME, "SRV")).answers.length, 1);

	discovery.close();
	discovery.close();
	discovery.networkChanged();
	discovery.update({ sf: 1 });
	await sleep(100);
	querier.messages.length = 0;
	querier.close();
});

test("an interface that is not there hurts nobody", async () => {
	const discovery = new Discovery({
		service: {
			instance: INSTANCE,
			hostName: INSTANCE,
			port: 8080,
			text: { "c#": 1, ff: 0, id: "", md: "", pv: "1.1", "s#": 1, sf: 1, ci: 8, sh: "" },
		},
		addresses: () => [],
		interfaces: ["192.0.2.250", "2001:db8::250", LOOPBACK],
		now,
		random: () => 0,
	});
	await established(discovery);
	equal(discovery.isEstablished, true);
	discovery.close();
});
