/** The ids of a query, as objects. */

import type { CharacteristicId, CharacteristicIds } from "hap/wire/query";

export function listIds(ids: CharacteristicIds): CharacteristicId[] {
	const list: CharacteristicId[] = [];
	ids.rewind();
	while (ids.next())
		list.push({ aid: ids.aid, iid: ids.iid });
	return list;
}
