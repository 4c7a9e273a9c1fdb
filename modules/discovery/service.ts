/**
 * What is advertised, and the names it is advertised by. RFC 6763 sections 4.1 and 7; HAP R2, "Discovery".
 *
 * The four names lie in one buffer as they would in a message, the later ones pointing to the endings of the earlier ones:
 *
 *     _services._dns-sd._udp.local   _hap._tcp.local   <instance>._hap._tcp.local   <host>.local
 */

import { fromText } from "hap/bytes/bytes";
import { MAX_LABEL_BYTES } from "hap/wire/dns";

/** The TXT record's values, under its own keys. */
export interface ServiceText {
	/** Configuration number. */
	"c#": number;
	/** Feature flags. */
	ff: number;
	/** Device id, AA:BB:CC:DD:EE:FF. */
	id: string;
	/** Model. */
	md: string;
	/** Protocol version. */
	pv: string;
	/** State number. */
	"s#": number;
	/** Status flags: 1 while not paired. */
	sf: number;
	/** Category. */
	ci: number;
	/** Setup hash. */
	sh: string;
}

export interface ServiceDescription {
	/** What people see; any text, cut to 63 bytes. */
	readonly instance: string;
	/** Without ".local". */
	readonly hostName: string;
	readonly port: number;
	readonly text: ServiceText;
}

/** Where the names start in the buffer that serviceNames makes. */
export const enum NameAt {
	Services = 0,
	Local = 23,
	Service = 30,
	Instance = 42,
}

/** The host's name follows the instance's: one label and a pointer. */
export function hostAt(names: Uint8Array): number {
	return NameAt.Instance + 1 + names[NameAt.Instance] + 2;
}

/** The instance's name as people see it, in UTF-8. */
export function instanceLabel(names: Uint8Array): Uint8Array {
	return names.slice(NameAt.Instance + 1, NameAt.Instance + 1 + names[NameAt.Instance]);
}

/** Names above 1 are those of a service that gave way to another one: "Name (2)", "host-2". RFC 6762 section 9. */
export function serviceNames(service: ServiceDescription, instanceNumber: number, hostNumber: number): Uint8Array {
	const instance = numberedLabel(service.instance, instanceNumber, " (", ")");
	const host = numberedLabel(service.hostName, hostNumber, "-", "");
	const names = new Uint8Array(NameAt.Instance + instance.length + host.length + 6);
	let at = putLabel(names, NameAt.Services, fromText("_services"));
	at = putLabel(names, at, fromText("_dns-sd"));
	at = putLabel(names, at, fromText("_udp"));
	at = putLabel(names, at, fromText("local")) + 1;
	at = putLabel(names, at, fromText("_hap"));
	at = putLabel(names, at, fromText("_tcp"));
	at = putPointer(names, at, NameAt.Local);
	at = putLabel(names, at, instance);
	at = putPointer(names, at, NameAt.Service);
	at = putLabel(names, at, host);
	putPointer(names, at, NameAt.Local);
	return names;
}

function putLabel(target: Uint8Array, at: number, label: Uint8Array): number {
	target[at] = label.length;
	target.set(label, at + 1);
	return at + 1 + label.length;
}

function putPointer(target: Uint8Array, at: number, to: number): number {
	target[at] = 0xc0;
	target[at + 1] = to;
	return at + 2;
}

function numberedLabel(text: string, number: number, before: string, after: string): Uint8Array {
	const suffix = fromText(number > 1 ? `${before}${number}${after}` : "");
	const stem = fromText(text);
	const length = characterBoundary(stem, MAX_LABEL_BYTES - suffix.length);
	if (length === 0)
		throw new RangeError("a name is empty");
	const label = new Uint8Array(length + suffix.length);
	label.set(stem.subarray(0, length));
	label.set(suffix, length);
	return label;
}

/** The most bytes up to `most` that do not end inside a character of UTF-8 text. */
export function characterBoundary(bytes: Uint8Array, most: number): number {
	if (bytes.length <= most)
		return bytes.length;
	while (most > 0 && (bytes[most] & 0xc0) === 0x80)
		most--;
	return most;
}
