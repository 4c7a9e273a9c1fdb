/** Frames of a secured session. HAP R2 "Session Security", RFC 8439 section 2.8. */

import { fromText } from "hap/bytes/bytes";
import { FRAME_OVERHEAD, FRAME_TEXT_MAX, FrameError, frameLength, putLength, Session } from "hap/wire/frame";
import { FrameController, openFrame } from "tests/fakes/frame-controller";
import { equal, same, test, throws } from "tests/harness";
import { PseudoRandom } from "tests/vectors/pseudo-random";
import { toHex } from "tests/vectors/hex";

const SECRET = new PseudoRandom(7).bytes(32);
const TEXT = fromText("GET /accessories HTTP/1.1\r\n\r\n");
const controller = new FrameController(SECRET);

/** A copy of the frame, opened; its text. */
function opened(session: Session, frame: Uint8Array): Uint8Array {
	const copy = frame.slice();
	const length = frameLength(copy);
	session.open(copy, length);
	return copy.slice(2, 2 + length);
}

function sealed(session: Session, text: Uint8Array): Uint8Array {
	const frame = new Uint8Array(text.length + FRAME_OVERHEAD);
	frame.set(text, 2);
	equal(session.seal(frame, text.length), frame.length);
	return frame;
}

test("a frame has two bytes of length before its text and sixteen of tag behind it", () => {
	equal(FRAME_TEXT_MAX, 1024);
	equal(FRAME_OVERHEAD, 18);
	const frame = sealed(new Session(SECRET), new Uint8Array(0x123));
	same([frame[0], frame[1], frame.length], [0x23, 0x01, 0x123 + 18]);
});

for (const length of [1, 2, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1023, 1024])
	test(`${length} bytes of text, both ways`, () => {
		const text = new PseudoRandom(length).bytes(length);
		same(opened(new Session(SECRET), controller.seal(0n, text)), text);
		same(controller.open(0n, sealed(new Session(SECRET), text)), text);
	});

// 65,536 is where a 16-bit counter would begin again, 4,294,967,296 where one of 32 bits would.
for (
	const counter of [
		0n,
		1n,
		255n,
		256n,
		65_535n,
		65_536n,
		2_147_483_647n,
		2_147_483_648n,
		4_294_967_294n,
		4_294_967_295n,
		4_294_967_296n,
		4_294_967_297n,
		1_099_511_627_776n,
		0x1f_ff_ff_00_00_00_00n,
		0x11_22_33_44_55_66_77n,
	]
)
	test(`the frames after ${counter} have nonces of 64 bits, both ways`, () => {
		const session = new Session(SECRET, Number(counter), Number(counter));
		for (let next = counter; next < counter + 3n; next++) {
			same(opened(session, controller.seal(next, TEXT)), TEXT);
			same(controller.open(next, sealed(session, TEXT)), TEXT);
		}
	});

test("the last counter that is exact is used once, and none after it", () => {
	const session = new Session(SECRET, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	same(controller.open(0x1f_ff_ff_ff_ff_ff_ffn, sealed(session, TEXT)), TEXT);
	throws(() => sealed(session, TEXT), RangeError);
	same(opened(session, controller.seal(0x1f_ff_ff_ff_ff_ff_ffn, TEXT)), TEXT);
	throws(() => opened(session, controller.seal(0x20_00_00_00_00_00_00n, TEXT)), RangeError);
});

test("each direction has a key and a counter of its own", () => {
	const session = new Session(SECRET);
	const first = sealed(session, TEXT);
	throws(() => opened(session, first), FrameError, "its own frame, sent back");
	sealed(session, TEXT);
	same(opened(session, controller.seal(0n, TEXT)), TEXT);
	same(controller.open(2n, sealed(session, TEXT)), TEXT);
	same(opened(session, controller.seal(1n, TEXT)), TEXT);
});

test("the same text never seals to the same bytes", () => {
	const session = new Session(SECRET);
	const frames = new Set<string>();
	for (let i = 0; i < 10; i++)
		frames.add(toHex(sealed(session, TEXT)));
	equal(frames.size, 10);
});

test("a frame is opened where it lies, and nothing around it changes", () => {
	const frame = controller.seal(0n, TEXT);
	const buffer = new Uint8Array(100).fill(0xaa);
	buffer.set(frame);
	new Session(SECRET).open(buffer, TEXT.length);
	same(buffer.slice(2, 2 + TEXT.length), TEXT);
	same(buffer.slice(frame.length), new Uint8Array(100 - frame.length).fill(0xaa));
});

test("a frame is sealed where its text lies, and nothing behind it changes", () => {
	const buffer = new Uint8Array(100).fill(0xaa);
	buffer.set(TEXT, 2);
	const count = new Session(SECRET).seal(buffer, TEXT.length);
	equal(count, TEXT.length + 18);
	same(controller.open(0n, buffer.subarray(0, count)), TEXT);
	same(buffer.slice(count), new Uint8Array(100 - count).fill(0xaa));
});

test("a frame of another session is refused", () => {
	const other = new FrameController(new PseudoRandom(8).bytes(32));
	throws(() => opened(new Session(SECRET), other.seal(0n, TEXT)), FrameError);
});

test("a frame that comes again is refused", () => {
	const session = new Session(SECRET);
	const frame = controller.seal(0n, TEXT);
	opened(session, frame);
	throws(() => opened(session, frame), FrameError);
});

test("a frame that comes again 65,536 or 4,294,967,296 frames later is refused", () => {
	const frame = controller.seal(0n, TEXT);
	throws(() => opened(new Session(SECRET, 0, 65_536), frame), FrameError);
	throws(() => opened(new Session(SECRET, 0, 4_294_967_296), frame), FrameError);
});

test("a frame that overtook another, or whose predecessor was lost, is refused", () => {
	throws(() => opened(new Session(SECRET), controller.seal(1n, TEXT)), FrameError);
});

test("a frame that was refused does not count", () => {
	const session = new Session(SECRET);
	throws(() => opened(session, controller.seal(1n, TEXT)), FrameError);
	same(opened(session, controller.seal(0n, TEXT)), TEXT);
});

test("a frame with any bit of its text or tag changed is refused", () => {
	const session = new Session(SECRET);
	const frame = controller.seal(0n, fromText("short"));
	for (let bit = 16; bit < frame.length * 8; bit++) {
		const changed = frame.slice();
		changed[bit >> 3] ^= 1 << (bit & 7);
		throws(() => session.open(changed, 5), FrameError, `bit ${bit}`);
	}
	same(opened(session, frame), fromText("short"));
});

test("a frame with any bit of its length changed is refused: the tag covers it", () => {
	const session = new Session(SECRET);
	const frame = controller.seal(0n, fromText("short"));
	for (let bit = 0; bit < 16; bit++) {
		const changed = new Uint8Array(2000);
		changed.set(frame);
		changed[bit >> 3] ^= 1 << (bit & 7);
		throws(() => session.open(changed, 5), FrameError, `bit ${bit}, opened as long as it was`);
		throws(() => session.open(changed, frameLength(changed)), FrameError, `bit ${bit}, opened as long as it says`);
	}
});

test("a frame that was cut short or made longer, with a length to match, is refused", () => {
	const session = new Session(SECRET);
	const frame = controller.seal(0n, TEXT);
	for (const length of [1, TEXT.length - 1, TEXT.length + 1]) {
		const changed = new Uint8Array(length + 18);
		changed.set(frame.subarray(0, changed.length));
		changed[0] = length;
		throws(() => session.open(changed, length), FrameError, `${length} bytes of text`);
	}
});

test("text that was refused is not shown: the frame is as it came", () => {
	const frame = controller.seal(1n, TEXT);
	const copy = frame.slice();
	throws(() => new Session(SECRET).open(copy, TEXT.length), FrameError);
	same(copy, frame);
});

for (
	const [low, high, length] of [
		[0x01, 0x00, 1],
		[0xff, 0x00, 255],
		[0x00, 0x01, 256],
		[0xff, 0x03, 1023],
		[0x00, 0x04, 1024],
		[0x00, 0x00, undefined],
		[0x01, 0x04, undefined],
		[0x00, 0x05, undefined],
		[0x00, 0x10, undefined],
		[0x00, 0x80, undefined],
		[0xff, 0xff, undefined],
		[0x47, 0x45, undefined], // "GE": a request that was not sealed
	] as const
)
	test(`length bytes ${low}, ${high} are ${length ?? "a broken stream"}`, () => {
		if (length === undefined)
			throws(() => frameLength(Uint8Array.of(low, high)), FrameError);
		else
			equal(frameLength(Uint8Array.of(low, high)), length);
	});

test("what has no room for a length has none", () => {
	throws(() => frameLength(new Uint8Array(1)), RangeError);
	throws(() => putLength(new Uint8Array(1), 1), RangeError);
});

for (const length of [0, -1, 1025])
	test(`${length} bytes of text are not sealed`, () => {
		const session = new Session(SECRET);
		throws(() => session.seal(new Uint8Array(2000), length), RangeError);
		same(controller.open(0n, sealed(session, TEXT)), TEXT);
	});

test("a session that is closed has wiped both of its keys", () => {
	const session = new Session(SECRET);
	session.close();
	const zeros = new FrameController(SECRET);
	zeros.controllerToAccessory.fill(0);
	same(openFrame(new Uint8Array(32), 0n, sealed(session, TEXT)), TEXT);
	same(opened(session, zeros.seal(0n, TEXT)), TEXT);
});

test("closing one session leaves the secret, and another session, alone", () => {
	const secret = SECRET.slice();
	const session = new Session(secret);
	const other = new Session(secret);
	session.close();
	same(secret, SECRET);
	same(opened(other, controller.seal(0n, TEXT)), TEXT);
});
