/** The host's key-value store, a folder with a file a key. What the files look like is in tests/host-io.test.mjs. */

import KeyValue from "embedded:storage/key-value";
import { equal, same, test, throws } from "tests/harness";

const PATH = "build/key-value-test";
const LONGEST_KEY = "123456789012345";
const LONGEST_VALUE = 65536;

function open() {
	return KeyValue.open({ path: PATH, format: "buffer" });
}

function bytesOf(buffer: ArrayBuffer | undefined): Uint8Array | undefined {
	return buffer && new Uint8Array(buffer);
}

test("a value is read as it was written, by another store of that folder too", () => {
	const store = open();
	store.write("key", Uint8Array.of(0, 1, 255));
	same(bytesOf(store.read("key")), Uint8Array.of(0, 1, 255));
	store.close();
	const again = open();
	same(bytesOf(again.read("key")), Uint8Array.of(0, 1, 255));
	again.delete("key");
	again.close();
});

test("a key that was not written, or deleted, has no value", () => {
	const store = open();
	equal(store.read("none"), undefined);
	store.write("key", Uint8Array.of(1));
	store.delete("key");
	equal(store.read("key"), undefined);
	store.delete("key");
	store.close();
});

test("a value takes the place of a longer one", () => {
	const store = open();
	store.write("key", new Uint8Array(100));
	store.write("key", Uint8Array.of(2));
	same(bytesOf(store.read("key")), Uint8Array.of(2));
	store.write("key", new Uint8Array(0));
	same(bytesOf(store.read("key")), new Uint8Array(0));
	store.delete("key");
	store.close();
});

test("a view is written, not the buffer under it", () => {
	const store = open();
	store.write("key", Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
	same(bytesOf(store.read("key")), Uint8Array.of(2, 3));
	store.delete("key");
	store.close();
});

test("keys have up to 15 characters", () => {
	const store = open();
	store.write(LONGEST_KEY, Uint8Array.of(3));
	same(bytesOf(store.read(LONGEST_KEY)), Uint8Array.of(3));
	store.delete(LONGEST_KEY);
	store.close();
});

for (const key of ["", `${LONGEST_KEY}6`, "..", ".hidden", "a/b", "../key", "éééééééé"] as const)
	test(`"${key}" is no key`, () => {
		const store = open();
		throws(() => store.read(key), RangeError);
		throws(() => store.write(key, Uint8Array.of(1)), RangeError);
		throws(() => store.delete(key), RangeError);
		store.close();
	});

test("values have up to 65536 bytes, and a longer one leaves what was there", () => {
	const store = open();
	store.write("key", new Uint8Array(LONGEST_VALUE).fill(5));
	throws(() => store.write("key", new Uint8Array(LONGEST_VALUE + 1)), RangeError);
	const value = bytesOf(store.read("key"));
	equal(value?.length, LONGEST_VALUE);
	equal(value?.[LONGEST_VALUE - 1], 5);
	store.delete("key");
	store.close();
});

test("a value is bytes", () => {
	const store = open();
	throws(() => store.write("key", undefined as never), TypeError);
	throws(() => store.write("key", "text" as never), TypeError);
	equal(store.read("key"), undefined);
	store.close();
});

test("a store is closed twice and not used after it", () => {
	const store = open();
	store.close();
	store.close();
	throws(() => store.read("key"));
	throws(() => store.write("key", Uint8Array.of(1)));
	throws(() => store.delete("key"));
});

test("a folder that cannot be made is refused with its name", () => {
	let message = "";
	try {
		KeyValue.open({ path: `${PATH}/missing/deeper`, format: "buffer" });
	}
	catch (error) {
		message = String(error);
	}
	equal(message, `Error: ${PATH}/missing/deeper: No such file or directory`);
	throws(() => KeyValue.open({} as never), TypeError);
	throws(() => KeyValue.open(undefined as never), TypeError);
});
