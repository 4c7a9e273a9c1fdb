/**
 * DNS messages to and from text, for tests: written apart from modules/wire, and plainly. RFC 1035 section 4, RFC 6762, RFC 4034 section 4.
 *
 * A record reads "owner TYPE ttl data"; "!" after the ttl is the cache-flush bit. A question reads "owner TYPE", "?" being the QU bit.
 * A dot or backslash inside a label has a backslash before it.
 */

export interface Message {
	id: number;
	flags: number;
	questions: string[];
	answers: string[];
	authorities: string[];
	additionals: string[];
}

export type PartialMessage = {
	id?: number;
	flags?: number;
	questions?: number[][];
	answers?: number[][];
	authorities?: number[][];
	additionals?: number[][];
};

const TYPES: Record<string, number> = {
	A: 1,
	NS: 2,
	CNAME: 5,
	PTR: 12,
	HINFO: 13,
	TXT: 16,
	AAAA: 28,
	SRV: 33,
	OPT: 41,
	NSEC: 47,
	ANY: 255,
};

export function encode(message: PartialMessage): Uint8Array {
	const sections = [message.questions, message.answers, message.authorities, message.additionals].map((entries) => entries ?? []);
	const head = [message.id ?? 0, message.flags ?? 0, ...sections.map((entries) => entries.length)].flatMap(pair);
	const parts = [head, ...sections.flat()];
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

export function question(name: string, type: string, klass = 1): number[] {
	return [...encodeName(name), ...pair(TYPES[type]), ...pair(klass)];
}

export function unicastQuestion(name: string, type: string): number[] {
	return question(name, type, 0x8001);
}

export function record(name: string, type: string, ttl: number, data: readonly number[], klass = 1): number[] {
	const seconds = [...pair(Math.floor(ttl / 0x10000)), ...pair(ttl % 0x10000)];
	return [...encodeName(name), ...pair(TYPES[type]), ...pair(klass), ...seconds, ...pair(data.length), ...data];
}

export function pointer(name: string, ttl: number, target: string): number[] {
	return record(name, "PTR", ttl, encodeName(target));
}

export function service(name: string, ttl: number, port: number, target: string, klass = 1): number[] {
	return record(name, "SRV", ttl, [0, 0, 0, 0, ...pair(port), ...encodeName(target)], klass);
}

export function texts(name: string, ttl: number, entries: readonly string[]): number[] {
	return record(
		name,
		"TXT",
		ttl,
		entries.flatMap((entry) => [utf8(entry).length, ...utf8(entry)]),
	);
}

export function address(name: string, ttl: number, bytes: readonly number[], klass = 1): number[] {
	return record(name, bytes.length === 4 ? "A" : "AAAA", ttl, bytes, klass);
}

export function encodeName(name: string): number[] {
	return [...labelsOf(name).flatMap((label) => [utf8(label).length, ...utf8(label)]), 0];
}

export function decode(bytes: Uint8Array): Message {
	let at = 12;
	const sections = [0, 1, 2, 3].map((section) => {
		const entries: string[] = [];
		for (let left = u16(bytes, 4 + 2 * section); left > 0; left--) {
			const read = section === 0 ? decodeQuestion(bytes, at) : decodeRecord(bytes, at);
			entries.push(read.text);
			at = read.end;
		}
		return entries;
	});
	if (at !== bytes.length)
		throw new Error(`the message has ${bytes.length - at} more bytes than entries`);
	const [questions, answers, authorities, additionals] = sections;
	return { id: u16(bytes, 0), flags: u16(bytes, 2), questions, answers, authorities, additionals };
}

function decodeQuestion(bytes: Uint8Array, at: number): { text: string; end: number; } {
	const { name, end } = decodeName(bytes, at);
	const klass = u16(bytes, end + 2);
	const isUsual = (klass & 0x7fff) === 1;
	return { text: `${name} ${typeName(u16(bytes, end))}${klass & 0x8000 ? "?" : ""}${isUsual ? "" : ` class ${klass}`}`, end: end + 4 };
}

function decodeRecord(bytes: Uint8Array, at: number): { text: string; end: number; } {
	const { name, end } = decodeName(bytes, at);
	const type = typeName(u16(bytes, end));
	const klass = u16(bytes, end + 2);
	const ttl = u16(bytes, end + 4) * 0x10000 + u16(bytes, end + 6);
	const data = end + 10;
	const dataEnd = data + u16(bytes, end + 8);
	if ((klass & 0x7fff) !== 1 || dataEnd > bytes.length)
		throw new Error(`class ${klass}, data end at ${dataEnd} of ${bytes.length}`);
	return { text: `${name} ${type} ${ttl}${klass & 0x8000 ? "!" : ""} ${decodeData(bytes, type, data, dataEnd)}`, end: dataEnd };
}

function decodeData(bytes: Uint8Array, type: string, at: number, end: number): string {
	switch (type) {
		case "PTR":
			return wholeName(bytes, at, end);
		case "SRV":
			return `${u16(bytes, at)} ${u16(bytes, at + 2)} ${u16(bytes, at + 4)} ${wholeName(bytes, at + 6, end)}`;
		case "TXT":
			return decodeTexts(bytes, at, end).join("|");
		case "A":
			return Array.from(bytes.subarray(at, end)).join(".");
		case "NSEC": {
			const next = decodeName(bytes, at);
			return `${next.name} ${decodeTypes(bytes.subarray(next.end, end)).join(",")}`;
		}
		default:
			return Array.from(bytes.subarray(at, end), (byte) => byte.toString(16).padStart(2, "0")).join("");
	}
}

function decodeTexts(bytes: Uint8Array, at: number, end: number): string[] {
	const entries: string[] = [];
	while (at < end) {
		entries.push(text(bytes.slice(at + 1, at + 1 + bytes[at])));
		at += 1 + bytes[at];
	}
	if (at !== end)
		throw new Error("TXT cut short");
	return entries;
}

function decodeTypes(bitmap: Uint8Array): string[] {
	const types: string[] = [];
	if (bitmap[0] !== 0 || bitmap[1] !== bitmap.length - 2 || bitmap[bitmap.length - 1] === 0)
		throw new Error("bad bitmap");
	for (let type = 0; type < bitmap[1] * 8; type++) {
		if (bitmap[2 + Math.floor(type / 8)] & (128 >> (type % 8)))
			types.push(typeName(type));
	}
	return types;
}

function wholeName(bytes: Uint8Array, at: number, end: number): string {
	const read = decodeName(bytes, at);
	if (read.end !== end)
		throw new Error("a name does not fill its data");
	return read.name;
}

function decodeName(bytes: Uint8Array, at: number): { name: string; end: number; } {
	const length = bytes[at];
	if (length === 0)
		return { name: "", end: at + 1 };
	if (length >= 0xc0)
		return { name: decodeName(bytes, u16(bytes, at) & 0x3fff).name, end: at + 2 };
	if (length > 63 || at + length >= bytes.length)
		throw new Error("bad label");
	const label = text(bytes.slice(at + 1, at + 1 + length))
		.split("\\")
		.join("\\\\")
		.split(".")
		.join("\\.");
	const rest = decodeName(bytes, at + 1 + length);
	return { name: rest.name === "" ? label : `${label}.${rest.name}`, end: rest.end };
}

function labelsOf(name: string): string[] {
	const labels: string[] = [];
	let label = "";
	for (let i = 0; i < name.length; i++) {
		if (name[i] === "\\")
			label += name[++i];
		else if (name[i] === ".") {
			labels.push(label);
			label = "";
		}
		else
			label += name[i];
	}
	return label === "" ? labels : [...labels, label];
}

function typeName(type: number): string {
	return Object.keys(TYPES).find((name) => TYPES[name] === type) ?? `TYPE${type}`;
}

function utf8(value: string): number[] {
	return Array.from(new Uint8Array(ArrayBuffer.fromString(value)));
}

function text(bytes: Uint8Array): string {
	return String.fromArrayBuffer(bytes.buffer);
}

function pair(value: number): number[] {
	return [value >> 8, value & 0xff];
}

function u16(bytes: Uint8Array, at: number): number {
	if (at + 1 >= bytes.length)
		throw new Error("the message is cut short");
	return bytes[at] * 256 + bytes[at + 1];
}
