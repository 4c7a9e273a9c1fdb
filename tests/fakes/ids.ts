/** The ids of a query, as objects. */

import type { CharacteristicId, CharacteristicsQuery } from "hap/wire/query";

export function listIds(query: CharacteristicsQuery): CharacteristicId[] {
	const list: CharacteristicId[] = [];
	query.rewind();
	while (query.next())
		list.push({ aid: query.aid, iid: query.iid });
	return list;
}
