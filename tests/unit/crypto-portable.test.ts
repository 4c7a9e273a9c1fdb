import { chacha20, chacha20State } from "hap/crypto/chacha20";
import { open, seal, TAG_BYTES } from "hap/crypto/chacha20-poly1305";
import * as portable from "hap/crypto/portable";
import { same, test } from "tests/harness";
import { AEAD_ANY_NONCE, CHACHA20 } from "tests/vectors/aead";
import { fromHex } from "tests/vectors/hex";
import { testProvider } from "tests/vectors/provider-cases";

testProvider(portable);

test("ChaCha20, RFC 8439 §2.4.2", () => {
	const { key, nonce, block, text, sealed } = CHACHA20;
	const bytes = fromHex(text);
	chacha20(chacha20State(fromHex(key), fromHex(nonce)), block, bytes, 0, bytes.length);
	same(bytes, fromHex(sealed));
});

test("ChaCha20 leaves what is outside the range", () => {
	const { key, nonce, text } = CHACHA20;
	const bytes = fromHex(text);
	chacha20(chacha20State(fromHex(key), fromHex(nonce)), 0, bytes, 3, 70);
	same(bytes.subarray(0, 3), fromHex(text).subarray(0, 3));
	same(bytes.subarray(70), fromHex(text).subarray(70));
});

for (const { name, key, nonce, aad, text, sealed } of AEAD_ANY_NONCE)
	test(`ChaCha20-Poly1305 with any nonce, ${name}`, () => {
		const head = fromHex(aad);
		const plain = fromHex(text);
		const buffer = new Uint8Array(head.length + plain.length + TAG_BYTES);
		buffer.set(head);
		buffer.set(plain, head.length);
		seal(fromHex(key), fromHex(nonce), buffer, head.length, plain.length);
		same(buffer.subarray(head.length), fromHex(sealed), "sealed");
		same(open(fromHex(key), fromHex(nonce), buffer, head.length, plain.length), true);
		same(buffer.subarray(head.length, -TAG_BYTES), plain, "opened");
	});
