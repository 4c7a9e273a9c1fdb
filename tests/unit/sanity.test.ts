import { equal, same, test, throws } from "tests/harness";
import { fromHex, fromText, MalformedError, toHex, toText } from "hap/bytes/bytes";
import { HttpError, Method, RequestParser } from "hap/wire/http-parser";
import { parseJson } from "hap/wire/json";
import { parseQuery } from "hap/wire/query";
import { decode, encode } from "hap/wire/tlv8";
test("text", () => {
	equal(toText(fromText("héllo ☃ 🎉")), "héllo ☃ 🎉");
	throws(() => toText(fromHex("c080")), MalformedError);
	equal(toText(new Uint8Array(0)), "");
});
test("hex", () => same(toHex(fromHex("00 ff10")), "00ff10"));
test("splits", () => {
	const put = fromText("PUT /characteristics?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
	for (let cut = 0; cut <= put.length; cut++) {
		const parser = new RequestParser();
		const one = parser.push(put, 0, cut);
		const two = parser.push(put, cut, put.length);
		equal(one + two, put.length, `cut ${cut}`);
		equal(parser.isComplete, true);
		equal(parser.method, Method.PUT);
		equal(parser.path, "/characteristics");
		equal(parser.query, "a=b");
		equal(toText(parser.body), "hello");
	}
});
test("chunks", () => {
	const text = fromText("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nT: x\r\n\r\n");
	for (let cut = 0; cut <= text.length; cut++) {
		const parser = new RequestParser();
		parser.push(text, 0, cut);
		parser.push(text, cut, text.length);
		equal(parser.isComplete, true);
		equal(toText(parser.body), "hello world");
	}
});
test("bad", () => {
	throws(() => new RequestParser().push(fromText("GET // HTTP/1.1\n"), 0, 16), HttpError);
});
test("json", () => {
	same(parseJson(fromText('{"value":[1,"x\\"]]]"],"b":3}')), { value: [1, 'x"]]]'] });
	throws(() => parseJson(fromText("[".repeat(20))), MalformedError);
});
test("query", () =>
	same(parseQuery("id=1.2,3.4&meta=1"), {
		ids: [{ aid: 1, iid: 2 }, { aid: 3, iid: 4 }],
		meta: true,
		perms: false,
		type: false,
		ev: false,
	}));
test("tlv", () =>
	same([...decode(encode([[1, new Uint8Array(300).fill(7)], [6, Uint8Array.of(1)]]))].map(([t, v]) => [t, v.length]), [[1, 300], [6, 1]]));
