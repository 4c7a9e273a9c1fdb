/**
 * The accessory's side of the password proof in pair-setup: SRP-6a of RFC 5054 with its 3072-bit group and SHA-512, where
 *
 *     k = H(N | PAD(g))    u = H(PAD(A) | PAD(B))    x = H(salt | H(user ":" password))    v = g^x
 *     B = k * v + g^b      S = (A * v^u)^b           K = H(S)
 *     controllerProof = H((H(N) xor H(g)) | H(user) | salt | A | B | K)    accessoryProof = H(A | controllerProof | K)
 *
 * and PAD fills up to 384 bytes with zeros on the left. Controllers differ in whether A and S begin with their zeros when they
 * are hashed. One in 256 does begin with some; either form is accepted, K and the answer follow the one that matched, and B is
 * drawn again until it begins with none.
 */

import { sameBytes } from "hap/bytes/bytes";
import { fromBytes, padTo, strip, toBytes } from "hap/crypto/big-integer";
import { constantTimeEqual, modPow, random, sha512, wipe } from "hap/crypto/crypto";

const GROUP_BYTES = 384;
const SECRET_BYTES = 32;
const PROOF_BYTES = 64;
const USER = "Pair-Setup";

/** RFC 5054 Appendix A, the 3072-bit group (the prime of RFC 3526 §4). */
const N = BigInt(
	"0x"
		+ "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
		+ "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
		+ "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
		+ "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
		+ "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
		+ "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
		+ "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
		+ "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);
const MODULUS = new Uint8Array(ArrayBuffer.fromBigInt(N));
const GENERATOR = Uint8Array.of(5);
const ONE = Uint8Array.of(1);

function utf8(text: string): Uint8Array {
	return new Uint8Array(ArrayBuffer.fromString(text));
}

/** What is stored in the setup code's place: 384 bytes. */
export function makeVerifier(setupCode: string, salt: Uint8Array, user = USER): Uint8Array {
	const password = utf8(`${user}:${setupCode}`);
	const inner = sha512(password);
	const x = sha512(salt, inner);
	const verifier = modPow(GENERATOR, x, MODULUS);
	wipe(password);
	wipe(inner);
	wipe(x);
	return verifier;
}

export interface SrpResult {
	sessionKey: Uint8Array;
	accessoryProof: Uint8Array;
}

export class SrpServer {
	readonly salt: Uint8Array;
	readonly B: Uint8Array;
	private readonly user: string;
	private verifier: Uint8Array | undefined;
	private b: Uint8Array;

	/** The verifier stays the caller's, to wipe after close. `b` and `user` are for vectors. */
	constructor(salt: Uint8Array, verifier: Uint8Array, b?: Uint8Array, user = USER) {
		if (verifier.length !== GROUP_BYTES)
			throw new RangeError("invalid length");
		this.salt = salt;
		this.user = user;
		this.verifier = verifier;
		this.b = b ?? new Uint8Array(SECRET_BYTES);
		do {
			if (!b)
				random(this.b);
			this.B = publicKey(verifier, this.b);
		}
		while (!b && this.B[0] === 0);
	}

	/** Undefined: the proof is wrong, or A is no public key. */
	prove(A: Uint8Array, controllerProof: Uint8Array): SrpResult | undefined {
		if (!this.verifier)
			throw new Error("SrpServer is closed");
		if (A.length > GROUP_BYTES || isZero(A) || controllerProof.length !== PROOF_BYTES)
			return undefined;
		const padded = padTo(A, GROUP_BYTES);
		const S = this.secret(this.verifier, padded);
		const result = this.match(padded, S, controllerProof);
		wipe(S);
		return result;
	}

	close(): void {
		wipe(this.b);
		this.verifier = undefined;
	}

	private secret(verifier: Uint8Array, A: Uint8Array): Uint8Array {
		const base = modPow(verifier, sha512(A, this.B), MODULUS, A);
		const S = modPow(base, this.b, MODULUS);
		wipe(base);
		return S;
	}

	private match(A: Uint8Array, S: Uint8Array, controllerProof: Uint8Array): SrpResult | undefined {
		const prefix = groupHash();
		const userHash = sha512(utf8(this.user));
		for (const formOfS of forms(S)) {
			const K = sha512(formOfS);
			for (const formOfA of forms(A)) {
				const expected = sha512(prefix, userHash, this.salt, formOfA, this.B, K);
				if (constantTimeEqual(controllerProof, expected))
					return { sessionKey: K, accessoryProof: sha512(formOfA, controllerProof, K) };
				wipe(expected); // the proof that would have been right
			}
			wipe(K);
		}
		return undefined;
	}
}

/** B = k * v + g^b */
function publicKey(verifier: Uint8Array, b: Uint8Array): Uint8Array {
	const k = sha512(MODULUS, padTo(GENERATOR, GROUP_BYTES));
	const sum = fromBytes(modPow(verifier, ONE, MODULUS, k)) + fromBytes(modPow(GENERATOR, b, MODULUS));
	return toBytes(sum < N ? sum : sum - N, GROUP_BYTES);
}

/**
 * Whether A mod N = 0, for an A of at most 384 bytes: 2 * N has more. Told by the bytes: XS 13.3 finds no BigInt of a preloaded
 * module strictly equal to one made at run time.
 */
function isZero(A: Uint8Array): boolean {
	const digits = strip(A);
	return digits.length === 0 || sameBytes(digits, MODULUS);
}

/** H(N) xor H(g) */
function groupHash(): Uint8Array {
	const hash = sha512(MODULUS);
	const other = sha512(GENERATOR);
	for (let i = 0; i < hash.length; i++)
		hash[i] ^= other[i];
	return hash;
}

/** The number as it may have been hashed: with its zeros on the left, and without. */
function forms(padded: Uint8Array): Uint8Array[] {
	return padded[0] === 0 ? [padded, strip(padded)] : [padded];
}
