/** The result as a table for a terminal. */

/** Three digits that count. */
export function format(value) {
	if (value === undefined)
		return "–";
	const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
	return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Ours by theirs; undefined when one is not known. */
export function ratio(measure, [ours, theirs]) {
	const [one, other] = [measure.values[ours.name], theirs && measure.values[theirs.name]];
	return one && other && other.median > 0 ? one.median / other.median : undefined;
}

export function isReached(measure, value) {
	if (measure.reach === undefined || value === undefined)
		return undefined;
	return measure.better === "higher" ? value >= measure.reach : value <= measure.reach;
}

function cell(summary, unit) {
	return summary ? `${format(summary.median)} ${unit} (${format(summary.min)}–${format(summary.max)})` : "–";
}

function verdict(measure, servers) {
	const value = ratio(measure, servers);
	if (value === undefined)
		return "";
	const reached = isReached(measure, value);
	const aim = reached === undefined ? "" : ` ${reached ? "reached" : "MISSED"} ${measure.better === "higher" ? "≥" : "≤"} ${measure.reach}`;
	const isBehind = measure.better === "higher" ? value < 1 : value > 1;
	return `${value.toFixed(2)} ×${isBehind ? " behind" : ""}${aim}`;
}

export function table({ servers, measures, date, commit, machine, rounds, isPinned }) {
	const rows = measures
		.filter(({ values }) => Object.values(values).some(Boolean))
		.map((measure) => [measure.title, ...servers.map(({ name }) => cell(measure.values[name], measure.unit)), verdict(measure, servers)]);
	const head = ["", ...servers.map(({ name }) => name), servers.length > 1 ? `${servers[0].name} / ${servers[1].name}` : ""];
	const widths = head.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at].length)));
	const line = (row) => row.map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]))).join("  ").trimEnd();
	const about = servers.map(({ name, about: text }) => `${name}${text ? ` (${text})` : ""}`).join(", ");
	const pinning = isPinned ? "servers on one core, the load on another" : "not pinned to cores";
	return `${date}, ${commit}; ${machine}\n${about}; ${rounds} rounds, medians (least–most), ${pinning}\n\n${
		[head, ...rows].map(line).join("\n")
	}\n`;
}
