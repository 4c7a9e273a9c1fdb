/** What @moddable/typings leaves out of what the SDK and the desktop host have. */

/** Stands for the C function of that name; the build turns the function around it into a host function. */
declare function native(name: string): { call(self: unknown, ...parameters: unknown[]): never; };

declare module "tweetnacl" {
	interface Nacl {
		hash(message: Uint8Array): Uint8Array;
		scalarMult: { (secret: Uint8Array, point: Uint8Array): Uint8Array; base(secret: Uint8Array): Uint8Array; };
		sign: {
			detached: {
				(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
				verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean;
			};
			keyPair: { fromSeed(seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array; }; };
		};
		lowlevel: {
			crypto_onetimeauth(out: Uint8Array, outAt: number, message: Uint8Array, from: number, length: number, key: Uint8Array): number;
		};
	}
	const nacl: Nacl;
	export default nacl;
}
