/** The controller's side of SRP-6a as RFC 5054 §2 and HAP have it, written for clearness: big numbers and plain square-and-multiply. */

import { fromBytes, padTo, toBytes } from "hap/crypto/big-integer";
import { sha512 } from "hap/crypto/crypto";

/** RFC 5054 Appendix A, the 3072-bit group. */
export const N = BigInt(
	"0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F"
		+ "14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8"
		+ "A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C3290"
		+ "5E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42D"
		+ "AD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2"
		+ "EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120"
		+ "A93AD2CAFFFFFFFFFFFFFFFF",
);
const GROUP_BYTES = 384;

function power(base: bigint, exponent: bigint): bigint {
	let result = 1n;
	for (const bit of exponent.toString(2)) {
		result = (result * result) % N;
		if (bit === "1")
			result = (result * base) % N;
	}
	return result;
}

function utf8(text: string): Uint8Array {
	return new Uint8Array(ArrayBuffer.fromString(text));
}

export interface Proof {
	controllerProof: Uint8Array;
	accessoryProof: Uint8Array;
	sessionKey: Uint8Array;
}

export class SrpController {
	readonly #a: bigint;
	readonly #user: string;
	readonly #setupCode: string;

	constructor(a: bigint, setupCode: string, user = "Pair-Setup") {
		this.#a = a;
		this.#user = user;
		this.#setupCode = setupCode;
	}

	/** Padded. */
	get A(): Uint8Array {
		return toBytes(power(5n, this.#a), GROUP_BYTES);
	}

	/** Padded: (B - k * g^x) ^ (a + u * x). `A` as it is sent. */
	secret(salt: Uint8Array, B: Uint8Array, A = this.A): Uint8Array {
		const k = fromBytes(sha512(toBytes(N, GROUP_BYTES), toBytes(5n, GROUP_BYTES)));
		const u = fromBytes(sha512(padTo(A, GROUP_BYTES), padTo(B, GROUP_BYTES)));
		const x = fromBytes(sha512(salt, sha512(utf8(`${this.#user}:${this.#setupCode}`))));
		const base = (fromBytes(B) + k * (N - power(5n, x))) % N;
		return toBytes(power(base, this.#a + u * x), GROUP_BYTES);
	}

	/** What this controller sends and expects when it hashes A and S as given here. */
	proof(salt: Uint8Array, B: Uint8Array, A: Uint8Array, S: Uint8Array): Proof {
		const group = sha512(toBytes(N, GROUP_BYTES)).map((byte, i) => byte ^ sha512(Uint8Array.of(5))[i]);
		const sessionKey = sha512(S);
		const controllerProof = sha512(group, sha512(utf8(this.#user)), salt, A, B, sessionKey);
		return { controllerProof, accessoryProof: sha512(A, controllerProof, sessionKey), sessionKey };
	}
}
