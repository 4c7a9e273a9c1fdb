/** The query of GET /characteristics: its ids are numbers that are told apart, and written again they are the same. */

import { toText } from "hap/bytes/bytes";
import { type CharacteristicsQuery, Extra, parseQuery } from "hap/wire/query";
import { listIds } from "tests/fakes/ids";
import { check, unlessMalformed } from "tests/fuzz/support/check";

function write(query: CharacteristicsQuery): string {
	const ids = listIds(query).map(({ aid, iid }) => `${aid}.${iid}`).join(",");
	const has = (extra: Extra) => (query.extras & extra) !== 0;
	return `id=${ids}&meta=${has(Extra.Meta)}&perms=${has(Extra.Perms)}&type=${has(Extra.Type)}&ev=${has(Extra.Events)}`;
}

export default function query(input: Uint8Array): void {
	const parsed = unlessMalformed(() => parseQuery(toText(input)));
	if (!parsed)
		return;
	const { left } = parsed;
	const ids = listIds(parsed);
	check(ids.length === left && ids.length > 0 && ids.length <= 100, "the number of ids");
	for (const { aid, iid } of ids)
		check(Number.isSafeInteger(aid) && Number.isSafeInteger(iid) && aid >= 0 && iid >= 0, "ids are numbers");
	const text = write(parsed);
	check(write(parseQuery(text)) === text, "the same when it is read again");
}
