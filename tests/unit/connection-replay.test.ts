/** Frames that are replayed, reordered, cut or changed on their way end their own session and no other, wherever its counter stands. */

import { Session } from "hap/wire/frame";
import { request } from "tests/fakes/controller";
import { DialogueServer } from "tests/fakes/dialogue-server";
import { FrameController } from "tests/fakes/frame-controller";
import { equal, ok, same, test } from "tests/harness";
import { toHex } from "tests/vectors/hex";

const SECRET = new Uint8Array(32).fill(5);
const GET = request("GET", "/a");
const PLACES = [0n, 65_535n, 4_294_967_295n, 4_294_967_296n];

/** A session whose counters stand there, in both directions, at the far end of a socket. */
function sessionAt(server: DialogueServer, counter: bigint) {
	const { connection, socket } = server.connect();
	connection.secure(new Session(SECRET, Number(counter), Number(counter)));
	connection.connectionAuthenticated("controller");
	socket.deliver(request("GET", "/in-the-clear"));
	socket.takeSent();
	return { socket, far: new FrameController(SECRET) };
}

for (const counter of PLACES)
	test(`a session goes on across frame ${counter}, and no frame's nonce comes twice`, () => {
		const { socket, far } = sessionAt(new DialogueServer(), counter);
		const sent = new Set<string>();
		for (let next = counter; next < counter + 4n; next++) {
			socket.deliver(far.seal(next, GET));
			const answer = socket.takeSent();
			ok(answer.length > 0, `frame ${next} is answered`);
			far.open(next, answer);
			sent.add(toHex(answer));
		}
		equal(sent.size, 4);
		equal(socket.isClosed, false);
	});

/** Closes the session at `counter` without a word; another one goes on. */
function closes(counter: bigint, what: string, frames: (far: FrameController) => Uint8Array[]): void {
	const server = new DialogueServer();
	const other = server.connectSecured();
	const { socket, far } = sessionAt(server, counter);
	const all = frames(far);
	all.forEach((frame, at) => {
		if (at === all.length - 1)
			socket.takeSent();
		socket.deliver(frame);
	});
	equal(socket.isClosed, true, what);
	equal(socket.takeSent().length, 0, what);
	equal(server.faults.length, 0, what);
	same(other.ask("GET", "/b"), ["200 /b "], what);
}

for (const counter of PLACES) {
	test(`at frame ${counter}: a frame that comes again closes its session`, () =>
		closes(counter, "again", (far) => [far.seal(counter, GET), far.seal(counter, GET)]));

	test(`at frame ${counter}: a frame that overtakes another closes its session`, () =>
		closes(counter, "overtaken", (far) => [far.seal(counter + 1n, GET)]));

	test(`at frame ${counter}: a frame of a counter that is 2^16 or 2^32 away closes its session`, () => {
		for (const distance of [65_536n, 4_294_967_296n])
			closes(counter, `${distance}`, (far) => [far.seal(counter + distance, GET)]);
	});
}

test("a frame with any bit changed closes its session, or waits for more than there is", () => {
	const server = new DialogueServer();
	const { length } = new FrameController(SECRET).seal(0n, GET);
	for (let bit = 0; bit < 8 * length; bit++) {
		const { socket, far } = sessionAt(server, 0n);
		const frame = far.seal(0n, GET);
		frame[bit >> 3] ^= 1 << (bit & 7);
		socket.deliver(frame);
		const said = frame[0] | (frame[1] << 8);
		const isWaiting = said > GET.length && said <= 1024;
		equal(socket.isClosed, !isWaiting, `bit ${bit}`);
		equal(socket.takeSent().length, 0, `bit ${bit}`);
	}
	equal(server.faults.length, 0);
});

test("a frame that is cut anywhere is not answered, and the next one does not open behind it", () => {
	const { length } = new FrameController(SECRET).seal(0n, GET);
	for (let cut = 1; cut < length; cut++) {
		const { socket, far } = sessionAt(new DialogueServer(), 0n);
		socket.deliver(far.seal(0n, GET).slice(0, cut));
		equal(socket.takeSent().length, 0, `cut at ${cut}`);
		socket.deliver(far.seal(1n, GET));
		socket.deliver(far.seal(2n, GET));
		equal(socket.takeSent().length, 0, `cut at ${cut}`);
	}
});
