/** The query of GET /characteristics. HAP R2 "Reading Characteristics". */

import { MalformedError } from "hap/bytes/bytes";
import { Extra, parseQuery } from "hap/wire/query";
import { listIds } from "tests/fakes/ids";
import { equal, same, test, throws } from "tests/harness";

for (
	const [query, expected] of [
		["id=1.9", { ids: [{ aid: 1, iid: 9 }], extras: 0 }],
		["id=1.4,1.5,2.10", { ids: [{ aid: 1, iid: 4 }, { aid: 1, iid: 5 }, { aid: 2, iid: 10 }], extras: 0 }],
		["id=2.1,1.1,2.1", { ids: [{ aid: 2, iid: 1 }, { aid: 1, iid: 1 }, { aid: 2, iid: 1 }], extras: 0 }],
		["id=0.0", { ids: [{ aid: 0, iid: 0 }], extras: 0 }],
		["id=01.010", { ids: [{ aid: 1, iid: 10 }], extras: 0 }],
		["id=9007199254740991.9007199254740991", { ids: [{ aid: 2 ** 53 - 1, iid: 2 ** 53 - 1 }], extras: 0 }],
		["id=1.9&meta=1", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Meta }],
		["id=1.9&perms=1", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Perms }],
		["id=1.9&type=1", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Type }],
		["id=1.9&ev=1", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Events }],
		["id=1.9&meta=1&perms=1&type=1&ev=1", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Meta | Extra.Perms | Extra.Type | Extra.Events }],
		["id=1.9&meta=0&perms=0&type=0&ev=0", { ids: [{ aid: 1, iid: 9 }], extras: 0 }],
		["id=1.9&meta=true&ev=false", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Meta }],
		["ev=1&meta=0&id=1.9", { ids: [{ aid: 1, iid: 9 }], extras: Extra.Events }],
		["id=1.9&unknown=1&x&=&&META=1&Id=2.2", { ids: [{ aid: 1, iid: 9 }], extras: 0 }],
		["__proto__=1&constructor=1&ids=2.2&id=1.9", { ids: [{ aid: 1, iid: 9 }], extras: 0 }],
	] as const
)
	test(`"${query}"`, () => {
		const read = parseQuery(query);
		same({ ids: listIds(read), extras: read.extras }, expected);
		same(listIds(read), expected.ids, "again");
	});

for (
	const query of [
		"",
		"&",
		"=",
		"meta=1",
		"ids=1.9",
		"ID=1.9",
		"id",
		"id=",
		"id=1",
		"id=.",
		"id=1.",
		"id=.9",
		"id=1.9,",
		"id=,1.9",
		"id=1.9,,1.8",
		"id=1.9;1.8",
		"id=1,9",
		"id=1.2.3",
		"id=1..2",
		"id=-1.9",
		"id=1.-9",
		"id=+1.9",
		"id=1.9 ",
		"id= 1.9",
		"id=1.9e3",
		"id=0x1.9",
		"id=1.a",
		"id=a.1",
		"id=1.9=",
		"id==1.9",
		"id=1.9%20",
		"id=1.\u0661",
		"id=NaN.1",
		"id=Infinity.1",
		"id=1.9007199254740992",
		"id=1.9007199254740993",
		"id=9999999999999999.1",
		"id=1.18446744073709551615",
		`id=1.${"1".repeat(400)}`,
		"id=1.9&meta",
		"id=1.9&meta=",
		"id=1.9&meta=2",
		"id=1.9&perms=yes",
		"id=1.9&type=TRUE",
		"id=1.9&ev=1 ",
		"id=1.9&ev=11",
	]
)
	test(`"${query.slice(0, 40)}" is malformed`, () => throws(() => parseQuery(query), MalformedError));

test("a hundred ids are read, one more is malformed", () => {
	const ids = Array.from({ length: 101 }, (_, i) => `1.${i + 1}`);
	const query = parseQuery(`id=${ids.slice(0, 100).join(",")}`);
	const read = listIds(query);
	equal(read.length, 100);
	same(read[99], { aid: 1, iid: 100 });
	throws(() => parseQuery(`id=${ids.join(",")}`), MalformedError);
});

test("a query cut anywhere is read, or malformed, and nothing else", () => {
	const query = "id=1.9,2.10&meta=1&perms=0&type=true&ev=false";
	let read = 0;
	for (let end = 0; end <= query.length; end++)
		try {
			parseQuery(query.slice(0, end));
			read++;
		}
		catch (error) {
			if (!(error instanceof MalformedError))
				throw error;
		}
	// id=1.9 | 1.9,2.1 | 1.9,2.10 | & m e t, =1 | & p e r m, =0 | & t y p, =true | & e, =false
	equal(read, 3 + 5 + 6 + 5 + 3);
});
