/**
 * One pairing of npm's hap-controller, message by message: `node tests/interop/trace.mjs` prints it, `--write` puts it into
 * docs/interop.md. Sizes are told, times and secrets left out.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../../host/desktop/scripts/paths.mjs";
import { CODE, nextEvent, ON, withAccessory } from "./accessory.mjs";
import { newController, unseal } from "./session.mjs";
import { decodeTlv, Tlv } from "./tlv.mjs";

const HttpConnection = createRequire(import.meta.url)("hap-controller/lib/transport/ip/http-connection").default;
const DOCUMENT = join(root, "docs", "interop.md");
const BEGIN = "<!-- trace.mjs -->\n\n```\n";
const END = "```\n";
const TLV_NAMES = Object.fromEntries(Object.entries(Tlv).map(([name, type]) => [type, name]));
const NUMBERS = [Tlv.State, Tlv.Method, Tlv.Error, Tlv.Permissions, Tlv.Flags];
const SEPARATOR = 0xff;
const NONCES = { "/pair-setup": ["pairSetup", "PS-Msg0"], "/pair-verify": ["pairVerify", "PV-Msg0"] };
const JSON_MAX = 160;

class Trace {
	lines = [];
	/** The client whose keys open what is sealed. */
	client;
	#connections = [];
	#path;
	#sealed;

	get text() {
		this.#open();
		return `${this.lines.join("\n").trim()}\n`;
	}

	note(text) {
		this.#open();
		this.lines.push("", `# ${text}`);
	}

	/** The n-th connection of the trace is number n. */
	begin(connection, bytes) {
		this.#open();
		if (!this.#connections.includes(connection))
			this.#connections.push(connection);
		const number = this.#connections.indexOf(connection) + 1;
		const end = bytes.indexOf("\r\n\r\n");
		const [line, ...headers] = bytes.toString("utf8", 0, end).split("\r\n");
		const body = bytes.subarray(end + 4);
		this.#path = line.split(/[ ?]/)[1];
		this.lines.push("", `${number}${connection.sessionKeys ? " sealed" : ""} > ${line} (${bytes.length} bytes)`);
		this.lines.push(`    ${headers.join(", ").replace(/:\d+(?=,|$)/, ":port")}`);
		this.#body(body);
		return number;
	}

	end(number, { statusCode, headers, body }) {
		this.lines.push(`${number} < ${statusCode}`);
		if (Object.keys(headers).length > 0)
			this.lines.push(`    ${Object.entries(headers).map((pair) => pair.join(": ")).join(", ")}`);
		this.#body(body);
	}

	event(text) {
		this.#open();
		this.lines.push("", "< EVENT/1.0 200 OK", `    ${text}`);
	}

	#body(body) {
		if (body.length === 0)
			return;
		if (this.#path.startsWith("/pair"))
			this.#tlv(body);
		else
			this.lines.push(`    ${shortened(body.toString())}`);
	}

	#tlv(body) {
		const items = decodeTlv(body);
		const data = items.get(Tlv.EncryptedData);
		this.#open();
		this.lines.push(`    ${described(body)}`);
		if (data)
			this.#sealed = { at: this.lines.length, path: this.#path, state: items.get(Tlv.State)[0], data };
	}

	/** Puts in what was sealed last, when the controller has the key: it makes that of pair-verify while it reads M2. */
	#open() {
		if (!this.#sealed)
			return;
		const { at, path, state, data } = this.#sealed;
		const [exchange, nonce] = NONCES[path];
		const key = this.client.pairingProtocol[exchange].sessionKey;
		this.lines.splice(at, 0, `        ${described(unseal(key, `${nonce}${state}`, data))}`);
		this.#sealed = undefined;
	}
}

function shortened(text) {
	return text.length <= JSON_MAX ? text : `${text.slice(0, JSON_MAX)}… (${text.length} bytes)`;
}

/** The items in their order, fragments joined, with their sizes. */
function described(bytes) {
	const parts = [];
	for (let at = 0; at < bytes.length; at += 2 + bytes[at + 1]) {
		const [type, length] = [bytes[at], bytes[at + 1]];
		const last = parts.at(-1);
		if (type === last?.type)
			last.length += length;
		else
			parts.push({ type, length, value: bytes[at + 2] });
	}
	return parts.map(({ type, length, value }) => {
		if (type === SEPARATOR)
			return "Separator";
		const isNumber = NUMBERS.includes(type) && length === 1;
		return `${TLV_NAMES[type] ?? `type ${type}`}${isNumber ? ` ${type === Tlv.State ? "M" : ""}${value}` : ` (${length} bytes)`}`;
	}).join(", ");
}

/** Everything that hap-controller sends and gets while `body` runs. */
async function recorded(trace, body) {
	const { request } = HttpConnection.prototype;
	HttpConnection.prototype.request = async function(bytes, readEvents) {
		const number = trace.begin(this, bytes);
		const response = await request.call(this, bytes, readEvents);
		trace.end(number, response);
		return response;
	};
	try {
		await body();
	}
	finally {
		HttpConnection.prototype.request = request;
	}
}

export async function makeTrace() {
	const trace = new Trace();
	await withAccessory((accessory) =>
		recorded(trace, async () => {
			const client = accessory.client();
			trace.client = client;
			trace.note("pairSetup(code)");
			await client.pairSetup(CODE);
			trace.note("getAccessories()");
			await client.getAccessories();
			trace.note('getCharacteristics(["1.10"], { meta: true, perms: true, type: true, ev: true })');
			await client.getCharacteristics([ON], { meta: true, perms: true, type: true, ev: true });
			trace.note('setCharacteristics({ "1.10": true })');
			await client.setCharacteristics({ [ON]: true });
			trace.note('subscribeCharacteristics(["1.10"]), then the button is pressed');
			await client.subscribeCharacteristics([ON]);
			const event = nextEvent(client);
			client.once("event", (message) => trace.event(JSON.stringify(message)));
			accessory.press(" ");
			await event;
			trace.note("addPairing(id, LTPK, false), listPairings(), removePairing() of both");
			const guest = newController(client.getLongTermData(), "00000000-0000-4000-8000-000000000001");
			await client.addPairing(Buffer.from(guest.iOSDevicePairingID, "hex").toString(), Buffer.from(guest.iOSDeviceLTPK, "hex"), false);
			await client.listPairings();
			await client.removePairing(guest.iOSDevicePairingID);
			await client.close();
			await client.removePairing(client.getLongTermData().iOSDevicePairingID);
			await client.close();
		})
	);
	return trace.text;
}

/** As docs/interop.md has it. */
export function writtenTrace() {
	return readFileSync(DOCUMENT, "utf8").split(BEGIN)[1].split(END)[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const trace = await makeTrace();
	if (process.argv.includes("--write")) {
		const [before, after] = readFileSync(DOCUMENT, "utf8").split(BEGIN);
		writeFileSync(DOCUMENT, `${before}${BEGIN}${trace}${after.slice(after.indexOf(END))}`);
	}
	else
		process.stdout.write(trace);
}
