/** Messages cut into what there is room for. RFC 9112 section 7.1 for chunks. */

import { concat, fromText, toText } from "hap/bytes/bytes";
import { Outgoing, type Piece } from "hap/server/outgoing";
import { readMessages } from "tests/fakes/http-messages";
import { equal, ok, same, test } from "tests/harness";

const HEAD = "HTTP/1.1 200 OK\r\n\r\n";
const CHUNKED_HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/** All of it, `most` bytes at a time. */
function bytesOf(outgoing: Outgoing, most: number): Uint8Array {
	const target = new Uint8Array(most + 4).fill(0xee);
	const parts: Uint8Array[] = [];
	for (let i = 0; !outgoing.isDone; i++) {
		ok(i < 10_000, "it ends");
		const end = outgoing.fill(target, 2, 2 + most);
		ok(end >= 2 && end <= 2 + most, `${end - 2} bytes where there is room for ${most}`);
		same(Uint8Array.of(target[0], target[1], target[most + 2], target[most + 3]), new Uint8Array(4).fill(0xee), "nothing beside it");
		parts.push(target.slice(2, end));
	}
	return concat(...parts);
}

function iterator(pieces: readonly Piece[]): Iterator<Piece> {
	return pieces[Symbol.iterator]();
}

const SIZES = [64, 65, 66, 70, 71, 72, 73, 80, 99, 100, 128, 300, 1023, 1024];

for (
	const [what, body] of [
		["no body", undefined],
		["an empty body", ""],
		["a text", "a text"],
		["a text longer than a frame", "0123456789".repeat(300)],
		["a text with letters of several bytes", "ø€😀".repeat(200)],
		["bytes", Uint8Array.of(0, 255, 13, 10)],
		["bytes longer than a frame", new Uint8Array(3000).fill(7)],
		["no bytes", new Uint8Array(0)],
	] as const
)
	test(`${what} goes out as it is, however little room there is`, () => {
		const expected = concat(fromText(HEAD), typeof body === "string" ? fromText(body) : body ?? new Uint8Array(0));
		for (const size of SIZES)
			same(bytesOf(new Outgoing(HEAD, body), size), expected, `${size} at a time`);
	});

test("a head longer than the room goes in parts", () => {
	const head = `HTTP/1.1 200 OK\r\nX: ${"x".repeat(500)}\r\n\r\n`;
	for (const size of SIZES)
		equal(toText(bytesOf(new Outgoing(head, "body"), size)), `${head}body`);
});

for (
	const [what, pieces] of [
		["no pieces", []],
		["one piece", ["one"]],
		["pieces of no length", ["", "a", "", new Uint8Array(0), "b", ""]],
		["only pieces of no length", ["", ""]],
		["many small pieces", Array.from({ length: 500 }, (_, i) => `${i},`)],
		["a piece longer than a frame", ["x".repeat(5000), "y"]],
		["text and bytes", ["text", Uint8Array.of(0x62, 0x79, 0x74, 0x65, 0x73)]],
		["letters of several bytes", Array.from({ length: 100 }, () => "ø€😀")],
	] as const
)
	test(`${what} go in chunks that say their length, however little room there is`, () => {
		const expected = concat(...(pieces as readonly Piece[]).map((piece) => (typeof piece === "string" ? fromText(piece) : piece)));
		for (const size of SIZES) {
			const { messages, rest } = readMessages(bytesOf(new Outgoing(CHUNKED_HEAD, iterator(pieces)), size));
			equal(messages.length, 1, `${size} at a time`);
			same(messages[0].body, expected, `${size} at a time`);
			equal(rest.length, 0, `${size} at a time`);
		}
	});

test("every length of a body ends well in every room", () => {
	for (let length = 0; length < 200; length++)
		for (const size of [64, 71, 100]) {
			const bytes = bytesOf(new Outgoing(CHUNKED_HEAD, iterator(["x".repeat(length)])), size);
			const { messages, rest } = readMessages(bytes);
			same([messages.length, messages[0]?.body.length, rest.length], [1, length, 0], `${length} bytes, ${size} at a time`);
		}
});

test("a piece is asked for when there is room for it", () => {
	let made = 0;
	function* counted(): Generator<string> {
		for (; made < 10; made++)
			yield "x".repeat(100);
	}
	const outgoing = new Outgoing(CHUNKED_HEAD, counted());
	equal(made, 0);
	outgoing.fill(new Uint8Array(200), 0, 200);
	ok(made <= 2, `${made} pieces for 200 bytes`);
});
