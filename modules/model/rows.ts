/** Rows of the catalogue, which are strings, into what a database holds; run when a database is defined. */

import type { Characteristics, Services } from "hap/model/catalogue";
import type { CharacteristicInfo } from "hap/model/types";

/** A row whose field is empty leaves it out, so that it takes no memory. */
function put(info: object, name: keyof CharacteristicInfo, value: unknown, text: string | undefined): void {
	if (text)
		(info as { [name: string]: unknown; })[name] = value;
}

/** What a row of the catalogue says, in the fields' order of scripts/catalogue.mjs. */
export function infoOf(row: Characteristics): CharacteristicInfo {
	const [type, format, perms, unit, least, most, step, maxLen, isStateless] = row.split(" ");
	const info = { type, format: Number(format), perms: Number(perms) };
	put(info, "unit", unit, unit);
	put(info, "minValue", Number(least), least);
	put(info, "maxValue", Number(most), most);
	put(info, "minStep", Number(step), step);
	put(info, "maxLen", Number(maxLen), maxLen);
	put(info, "isStateless", true, isStateless);
	return info;
}

/** The UUID of a service, of the catalogue or another maker's, and those of the characteristics that it must have. */
export function serviceOf(row: Services | string): { readonly type: string; readonly required: readonly string[]; } {
	const [type, ...required] = row.split(" ");
	return { type, required };
}
