/** SHA-512, HMAC and HKDF: published vectors, in hexadecimal. */

/** RFC 6234 §8.5: `text`, `times` over. TEST3, the million letters, is for the fast. */
export const SHA512 = [
	{
		name: "TEST1",
		text: "abc",
		times: 1,
		digest: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
			+ "2a9ac94fa54ca49f",
	},
	{
		name: "TEST2_1",
		text: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		times: 1,
		digest: "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd2654"
			+ "5e96e55b874be909",
	},
	{
		name: "TEST4",
		text: "0123456701234567012345670123456701234567012345670123456701234567",
		times: 10,
		digest: "89d05ba632c699c31231ded4ffc127d5a894dad412c0e024db872d1abd2ba8141a0f85072a9be1e2aa04cf33c765cb510813a39cd5a84c4a"
			+ "caa64d3f3fb7bae9",
	},
	{
		name: "TEST3",
		text: "a",
		times: 1000000,
		digest: "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e"
			+ "4eadb217ad8cc09b",
	},
] as const;

/** RFC 4231 §4.2 to §4.8, without the truncated one. */
export const HMAC_SHA512 = [
	{
		name: "Test Case 1",
		key: "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
		message: "4869205468657265",
		code: "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f170"
			+ "2e696c203a126854",
	},
	{
		name: "Test Case 2",
		key: "4a656665",
		message: "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
		code: "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b"
			+ "636e070a38bce737",
	},
	{
		name: "Test Case 3",
		key: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		message: "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
		code: "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee89426"
			+ "74278859e13292fb",
	},
	{
		name: "Test Case 4",
		key: "0102030405060708090a0b0c0d0e0f10111213141516171819",
		message: "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
		code: "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2d"
			+ "e2adebeb10a298dd",
	},
	{
		name: "Test Case 6",
		key: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			+ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			+ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		message: "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
		code: "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec"
			+ "8b915a985d786598",
	},
	{
		name: "Test Case 7",
		key: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			+ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			+ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		message: "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e64206120"
			+ "6c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f2062652068617368656420"
			+ "6265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e",
		code: "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de04460"
			+ "65c97440fa8c6a58",
	},
] as const;

/**
 * RFC 5869 has vectors for SHA-1 and SHA-256 only. These are Wycheproof's (C2SP/wycheproof, testvectors_v1/hkdf_sha512_test.json,
 * by tcId: those whose salt and info are empty, which a string can say) and one of aiohomekit (tests/test_crypto_hkdf.py).
 * `derived` is the first 32 bytes of what they give: HKDF's output for a shorter length is a prefix.
 */
export const HKDF_SHA512 = [
	{
		name: "Wycheproof tcId 2",
		key: "a23632e18ec76b59b1c87008da3f8a7e",
		salt: "",
		info: "",
		derived: "c4af93d4bae9ca2b45f590cd3d2f539ff5749d7b0864fbe44a438d38a2f8e5af",
	},
	{
		name: "Wycheproof tcId 3",
		key: "a4748031a14d3e6aafe42aa20c568f5f",
		salt: "",
		info: "",
		derived: "62ea97e06051e40b79deb127a4da294f557cafa3d7a90a75c02064571dfbbe46",
	},
	{
		name: "Wycheproof tcId 25",
		key: "094db4e2eaae8fc9dca0d9bc14b29387fd476921",
		salt: "",
		info: "",
		derived: "5d886d50661c06ca236f75993fe6de518625e6538dff9a0d0d2ae9c08a34918d",
	},
	{
		name: "Wycheproof tcId 26",
		key: "bfbe4f1edace02b2a3afcaada5f319103996dec9",
		salt: "",
		info: "",
		derived: "19386d2148e4d4e1095227068d7e0ec5b4576cf04c7005fa9e75cb35e3843593",
	},
	{
		name: "Wycheproof tcId 48",
		key: "1b6c7d5da045bf8bd4ac3083e8de2b90904bc7f7830bef876e355b74466cef91",
		salt: "",
		info: "",
		derived: "934066ec4d946c91f2bc57a2f238e9494c09efc3313d0c8af0997e29626dac9c",
	},
	{
		name: "Wycheproof tcId 49",
		key: "b9da242c02bfe79364aedd7a323692191092edb2094f112675c2609a387c3b21",
		salt: "",
		info: "",
		derived: "60d935c3680451bef0b22b3f077ad4d709767dc456facbe4d2367a7e2e72d845",
	},
	{
		name: "aiohomekit test_derive",
		key: "3131313131313131313131313131313131313131313131313131313131313131",
		salt: "Pair-Verify-Encrypt-Salt",
		info: "Pair-Verify-Encrypt-Info",
		derived: "8f433176e34e8ca29c94aa61cef5229424372f7871bf8c3b4de9e2a54ef9e508",
	},
] as const;
