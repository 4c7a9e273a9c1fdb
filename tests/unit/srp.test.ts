import { strip, toBytes } from "hap/crypto/big-integer";
import { sha512 } from "hap/crypto/crypto";
import { makeVerifier, SrpServer } from "hap/crypto/srp";
import { equal, ok, same, test, throws } from "tests/harness";
import { fromHex } from "tests/vectors/hex";
import { SRP } from "tests/vectors/srp";
import { N, SrpController } from "tests/vectors/srp-controller";

const CODE = "518-08-582";
const SALT = fromHex(SRP.salt);
const GROUP_BYTES = 384;

function server(): SrpServer {
	return new SrpServer(SALT, makeVerifier(CODE, SALT), fromHex(SRP.b));
}

test("the verifier of the vector", () => {
	same(makeVerifier(SRP.password, SALT, SRP.user), fromHex(SRP.verifier));
});

test("B of the vector", () => {
	same(new SrpServer(SALT, fromHex(SRP.verifier), fromHex(SRP.b), SRP.user).B, fromHex(SRP.B));
});

test("the vector's proof is accepted and answered", () => {
	const srp = new SrpServer(SALT, fromHex(SRP.verifier), fromHex(SRP.b), SRP.user);
	const result = srp.prove(fromHex(SRP.A), fromHex(SRP.controllerProof));
	same(result, { sessionKey: fromHex(SRP.K), accessoryProof: fromHex(SRP.accessoryProof) });
	same(sha512(fromHex(SRP.S)), fromHex(SRP.K), "the vector agrees with itself");
});

test("a controller with the right code and the accessory agree", () => {
	const srp = new SrpServer(SALT, makeVerifier(CODE, SALT));
	const controller = new SrpController(0x1234567890abcdefn ** 15n, CODE);
	const S = controller.secret(srp.salt, srp.B);
	const { controllerProof, accessoryProof, sessionKey } = controller.proof(srp.salt, srp.B, strip(controller.A), strip(S));
	same(srp.prove(controller.A, controllerProof), { sessionKey, accessoryProof });
});

test("B has 384 bytes, begins with none that is zero, and is never the same", () => {
	const verifier = makeVerifier(CODE, SALT);
	const a = new SrpServer(SALT, verifier).B;
	const b = new SrpServer(SALT, verifier).B;
	equal(a.length, GROUP_BYTES);
	ok(a[0] !== 0 && b[0] !== 0);
	ok(a.some((byte, i) => byte !== b[i]));
});

test("a wrong code proves nothing", () => {
	const srp = server();
	const controller = new SrpController(3n ** 150n, "518-08-583");
	const { controllerProof } = controller.proof(SALT, srp.B, controller.A, controller.secret(SALT, srp.B));
	same(srp.prove(controller.A, controllerProof), undefined);
});

test("a proof that was changed, cut short or made longer proves nothing", () => {
	const srp = new SrpServer(SALT, fromHex(SRP.verifier), fromHex(SRP.b), SRP.user);
	const changed = fromHex(SRP.controllerProof);
	changed[63] ^= 1;
	same(srp.prove(fromHex(SRP.A), changed), undefined);
	same(srp.prove(fromHex(SRP.A), fromHex(SRP.controllerProof).subarray(0, 63)), undefined);
	same(srp.prove(fromHex(SRP.A), fromHex(`${SRP.controllerProof}00`)), undefined);
	same(srp.prove(fromHex(SRP.A), new Uint8Array(0)), undefined);
});

// With this salt, code and b: 5^80 is 24 bytes long; 2144 gives an S, 2591 an A that begins with a zero.
for (
	const [a, zerosOfA, zerosOfS] of [
		[80n, 360, 1],
		[2144n, 0, 1],
		[2591n, 1, 0],
	] as const
) {
	const srp = server();
	const controller = new SrpController(a, CODE);
	const A = controller.A;
	const S = controller.secret(SALT, srp.B);

	test(`a = ${a}: zeros of A ${zerosOfA}, of S ${zerosOfS}`, () => {
		equal(GROUP_BYTES - strip(A).length, zerosOfA);
		equal(GROUP_BYTES - strip(S).length, zerosOfS);
	});

	for (
		const [formOfA, hashedA] of [
			["padded", A],
			["stripped", strip(A)],
		] as const
	)
		for (
			const [formOfS, hashedS] of [
				["padded", S],
				["stripped", strip(S)],
			] as const
		)
			test(`a = ${a}: the proof over A ${formOfA} and S ${formOfS} is accepted, and so answered`, () => {
				const { controllerProof, accessoryProof, sessionKey } = controller.proof(SALT, srp.B, hashedA, hashedS);
				same(srp.prove(A, controllerProof), { sessionKey, accessoryProof }, "A sent padded");
				same(srp.prove(strip(A), controllerProof), { sessionKey, accessoryProof }, "A sent stripped");
			});
}

test("A that is zero modulo N, too long or empty is refused, whatever the proof", () => {
	const srp = server();
	const controller = new SrpController(1n, CODE);
	const zeroProof = controller.proof(SALT, srp.B, new Uint8Array(GROUP_BYTES), new Uint8Array(GROUP_BYTES)).controllerProof;
	const shortProof = controller.proof(SALT, srp.B, new Uint8Array(0), new Uint8Array(0)).controllerProof;
	const modulus = toBytes(N, GROUP_BYTES);
	const modulusProof = controller.proof(SALT, srp.B, modulus, new Uint8Array(GROUP_BYTES)).controllerProof;
	for (const A of [new Uint8Array(GROUP_BYTES), Uint8Array.of(0), modulus, new Uint8Array(0)]) {
		same(srp.prove(A, modulusProof), undefined);
		same(srp.prove(A, zeroProof), undefined);
		same(srp.prove(A, shortProof), undefined);
	}
	const long = new Uint8Array(GROUP_BYTES + 1);
	long.set(controller.A, 1);
	const { controllerProof } = controller.proof(SALT, srp.B, controller.A, controller.secret(SALT, srp.B));
	same(srp.prove(long, controllerProof), undefined);
	ok(srp.prove(controller.A, controllerProof), "the same A, not too long");
});

test("A above N is a public key like any other", () => {
	const srp = server();
	const controller = new SrpController(1n, CODE);
	const A = toBytes(N + 5n, GROUP_BYTES);
	const S = controller.secret(SALT, srp.B, A);
	const { controllerProof, accessoryProof, sessionKey } = controller.proof(SALT, srp.B, A, S);
	same(srp.prove(A, controllerProof), { sessionKey, accessoryProof });
});

test("a closed one forgets b, refuses to go on, and may be closed again", () => {
	const b = fromHex(SRP.b);
	const srp = new SrpServer(SALT, fromHex(SRP.verifier), b, SRP.user);
	srp.close();
	same(b, new Uint8Array(32));
	throws(() => srp.prove(fromHex(SRP.A), fromHex(SRP.controllerProof)));
	srp.close();
});

test("a verifier of another length is misuse", () => {
	throws(() => new SrpServer(SALT, new Uint8Array(383)), RangeError);
});
