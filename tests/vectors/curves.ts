/** X25519 and Ed25519: published vectors, in hexadecimal. */

/** RFC 7748 §5.2 and §6.1. */
export const X25519 = [
	{
		name: "§5.2, the first",
		secret: "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
		publicKey: "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
		shared: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
	},
	{
		name: "§5.2, the second",
		secret: "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
		publicKey: "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
		shared: "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
	},
	{
		name: "§6.1, Alice",
		secret: "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
		publicKey: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
		shared: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	},
	{
		name: "§6.1, Bob",
		secret: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
		publicKey: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
		shared: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	},
] as const;

/** RFC 7748 §6.1. */
export const X25519_KEYS = [
	{
		name: "Alice",
		secret: "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
		publicKey: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
	},
	{
		name: "Bob",
		secret: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
		publicKey: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	},
] as const;

/** RFC 7748 §5.2: the function applied to itself, beginning with 9 as both scalar and coordinate. */
export const X25519_ITERATED = {
	first: "0900000000000000000000000000000000000000000000000000000000000000",
	once: "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
	thousandTimes: "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51",
} as const;

/** Wycheproof (C2SP/wycheproof, testvectors_v1/x25519_test.json, by tcId): public keys that are not reduced. */
export const X25519_NOT_CANONICAL = [
	{
		name: "tcId 87",
		secret: "0016b62af5cabde8c40938ebf2108e05d27fa0533ed85d70015ad4ad39762d54",
		publicKey: "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		shared: "b4d10e832714972f96bd3382e4d082a21a8333a16315b3ffb536061d2482360d",
	},
	{
		name: "tcId 88",
		secret: "d83650ba7cec115881916255e3fa5fa0d6b8dcf968731bd2c9d2aec3f561f649",
		publicKey: "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		shared: "515eac8f1ed0b00c70762322c3ef86716cd2c51fe77cec3d31b6388bc6eea336",
	},
	{
		name: "tcId 89",
		secret: "88dd14e2711ebd0b0026c651264ca965e7e3da5082789fbab7e24425e7b4377e",
		publicKey: "f1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		shared: "6919992d6a591e77b3f2bacbd74caf3aea4be4802b18b2bc07eb09ade3ad6662",
	},
] as const;

/** Points whose order divides 8, as "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko 2020) lists their encodings, canonical or not. */
export const ED25519_SMALL_ORDER: readonly string[] = [
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

/** Ibid.: public keys whose shared secret is zero. */
export const X25519_ZERO = [
	{
		name: "tcId 32",
		secret: "88227494038f2bb811d47805bcdf04a2ac585ada7f2f23389bfd4658f9ddd45e",
		publicKey: "0000000000000000000000000000000000000000000000000000000000000000",
	},
	{
		name: "tcId 33",
		secret: "48232e8972b61c7e61930eb9450b5070eae1c670475685541f0476217e48184f",
		publicKey: "0100000000000000000000000000000000000000000000000000000000000000",
	},
	{
		name: "tcId 63",
		secret: "e0f978dfcd3a8f1a5093418de54136a584c20b7b349afdf6c0520886f95b1272",
		publicKey: "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	},
	{
		name: "tcId 64",
		secret: "387355d995616090503aafad49da01fb3dc3eda962704eaee6b86f9e20c92579",
		publicKey: "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	},
	{
		name: "tcId 65",
		secret: "c8fe0df92ae68a03023fc0c9adb9557d31be7feed0d3ab36c558143daf4dbb40",
		publicKey: "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	},
	{
		name: "tcId 66",
		secret: "c8d74acde5934e64b9895d5ff7afbffd7f704f7dfccff7ac28fa62a1e6410347",
		publicKey: "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
	},
	{
		name: "tcId 67",
		secret: "b85649d5120e01e8ccaf7b2fb8d81b62e8ad6f3d5c0553fdde1906cb9d79c050",
		publicKey: "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
	},
	{
		name: "tcId 68",
		secret: "2064b2f4c9dc97ec7cf58932fdfa3265ba6ea4d11f0259b8efc8afb35db88c48",
		publicKey: "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	},
	{
		name: "tcId 74",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	},
	{
		name: "tcId 75",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	},
	{
		name: "tcId 76",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "0000000000000000000000000000000000000000000000000000000000000080",
	},
	{
		name: "tcId 77",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "0100000000000000000000000000000000000000000000000000000000000080",
	},
	{
		name: "tcId 81",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	},
	{
		name: "tcId 82",
		secret: "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55",
		publicKey: "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	},
] as const;

/** RFC 8032 §7.1. */
export const ED25519 = [
	{
		name: "TEST 1",
		seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
		message: "",
		signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
			+ "655141438e7a100b",
	},
	{
		name: "TEST 2",
		seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
		message: "72",
		signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
			+ "b00d291612bb0c00",
	},
	{
		name: "TEST 3",
		seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
		message: "af82",
		signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
			+ "c027beceea1ec40a",
	},
	{
		name: "TEST SHA(abc)",
		seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
		publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
		message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
			+ "2a9ac94fa54ca49f",
		signature: "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17a"
			+ "d9bef1177331a704",
	},
] as const;

/** Wycheproof (C2SP/wycheproof, testvectors_v1/ed25519_test.json, by tcId): signatures of 64 bytes that are invalid. */
export const ED25519_INVALID = [
	{
		name: "tcId 10, InvalidSignature",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "3f",
		signature: "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
			+ "0000000000000000",
	},
	{
		name: "tcId 11, InvalidSignature",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "3f",
		signature: "0000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000"
			+ "0000000000000000",
	},
	{
		name: "tcId 12, InvalidSignature",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "3f",
		signature: "0000000000000000000000000000000000000000000000000000000000000000ecd3f55c1a631258d69cf7a2def9de140000000000000000"
			+ "0000000000000010",
	},
	{
		name: "tcId 13, InvalidSignature",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "3f",
		signature: "0000000000000000000000000000000000000000000000000000000000000000edd3f55c1a631258d69cf7a2def9de140000000000000000"
			+ "0000000000000010",
	},
	{
		name: "tcId 14, InvalidSignature",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "3f",
		signature: "0000000000000000000000000000000000000000000000000000000000000000edffffffffffffffffffffffffffffffffffffffffffffff"
			+ "ffffffffffffff7f",
	},
	{
		name: "tcId 42, InvalidEncoding",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "313233343030",
		signature: "647c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2b1d125e5538f38afbcc1c84e489521083041d24bc62407670"
			+ "29da063271a1ff0c",
	},
	{
		name: "tcId 43, InvalidEncoding",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "313233343030",
		signature: "677c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2bc108ca4b87a49c9ed2cf383aecad8f54a962b2899da891e1"
			+ "2004d7993a627e01",
	},
	{
		name: "tcId 44, InvalidEncoding",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "313233343030",
		signature: "617c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2b9ce23fc6213ed5b87912e9bbf92f5e2c780eae26d15c50a1"
			+ "12d1e97d2ea33c06",
	},
	{
		name: "tcId 45, InvalidEncoding",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "313233343030",
		signature: "e57c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2bbb3eb51cd98dddb235a5f46f2bded6af184a58d09cce928b"
			+ "da43f41d69118a03",
	},
	{
		name: "tcId 46, InvalidEncoding",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "313233343030",
		signature: "657d1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2bcd237dda9a116501f67a5705a854b9adc304f34720803a91"
			+ "b324f2c13e0f5a09",
	},
	{
		name: "tcId 63, SignatureMalleability",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "54657374",
		signature: "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab067654bce3832c2d76f8f6f5dafc08d9339d4eef676573336"
			+ "a5c51eb6f946b31d",
	},
	{
		name: "tcId 64, SignatureMalleability",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "54657374",
		signature: "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab05439412b5395d42f462c67008eba6ca839d4eef676573336"
			+ "a5c51eb6f946b32d",
	},
	{
		name: "tcId 65, SignatureMalleability",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "54657374",
		signature: "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab02ee12ce5875bf9dff26556464bae2ad239d4eef676573336"
			+ "a5c51eb6f946b34d",
	},
	{
		name: "tcId 66, SignatureMalleability",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "54657374",
		signature: "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab0e2300459f1e742404cd934d2c595a6253ad4eef676573336"
			+ "a5c51eb6f946b38d",
	},
	{
		name: "tcId 67, SignatureMalleability",
		publicKey: "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa",
		message: "54657374",
		signature: "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336"
			+ "a5c51eb6f946b32d",
	},
	{
		name: "tcId 85, InvalidKtv",
		publicKey: "100fdf47fb94f1536a4f7c3fda27383fa03375a8f527c537e6f1703c47f94f86",
		message: "6a0bc2b0057cedfc0fa2e3f7f7d39279b30f454a69dfd1117c758d86b19d85e0",
		signature: "0971f86d2c9c78582524a103cb9cf949522ae528f8054dc20107d999be673ff4e25ebf2f2928766b1248bec6e91697775f8446639ede46ad"
			+ "4df4053000000010",
	},
] as const;
