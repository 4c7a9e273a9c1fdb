/** Textual IP addresses to bytes. RFC 791 dotted decimal, RFC 4291 section 2.2. */

/** 4 bytes, 16 bytes, or undefined when the text is neither. A zone ("%eth0") is left off. */
export function addressBytes(text: string): Uint8Array | undefined {
	const zone = text.indexOf("%");
	const address = zone < 0 ? text : text.slice(0, zone);
	return address.includes(":") ? address6(address) : address4(address);
}

function address4(text: string): Uint8Array | undefined {
	const parts = text.split(".");
	const bytes = new Uint8Array(4);
	if (parts.length !== 4)
		return undefined;
	for (let i = 0; i < 4; i++) {
		const value = digits(parts[i], 10, 3);
		if (value > 255)
			return undefined;
		bytes[i] = value;
	}
	return bytes;
}

function address6(text: string): Uint8Array | undefined {
	const gap = text.indexOf("::");
	const head = groups(gap < 0 ? text : text.slice(0, gap));
	const tail = gap < 0 ? [] : groups(text.slice(gap + 2));
	if (!head || !tail)
		return undefined;
	const length = head.length + tail.length;
	if (gap < 0 ? length !== 16 : length > 14)
		return undefined;
	const bytes = new Uint8Array(16);
	bytes.set(head);
	bytes.set(tail, 16 - tail.length);
	return bytes;
}

/** Bytes of the colon-separated groups; the last may be a dotted IPv4 address. */
function groups(text: string): number[] | undefined {
	const bytes: number[] = [];
	if (text === "")
		return bytes;
	const parts = text.split(":");
	for (let i = 0; i < parts.length; i++) {
		const last = i === parts.length - 1 && parts[i].includes(".") ? address4(parts[i]) : undefined;
		if (last) {
			bytes.push(...last);
			continue;
		}
		const value = digits(parts[i], 16, 4);
		if (value > 0xffff)
			return undefined;
		bytes.push(value >> 8, value & 0xff);
	}
	return bytes;
}

/** One to `most` digits of a number; Infinity for anything else. */
function digits(text: string, radix: number, most: number): number {
	let value = 0;
	for (let i = 0; i < text.length; i++) {
		const digit = digitOf(text.charCodeAt(i));
		if (digit >= radix)
			return Infinity;
		value = value * radix + digit;
	}
	return text.length >= 1 && text.length <= most ? value : Infinity;
}

function digitOf(code: number): number {
	if (code >= 0x30 && code <= 0x39)
		return code - 0x30;
	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : Infinity;
}
