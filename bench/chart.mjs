/** The result as a drawing: for each measure the servers' medians as bars, the longest as wide as there is room. */

import { format } from "./report.mjs";

const WIDTH = 860;
const LABEL_WIDTH = 320;
const BAR_WIDTH = 400;
const BAR_HEIGHT = 12;
const GAP = 12;
const TOP = 74;
const COLORS = ["#d9480f", "#8a9199", "#4263a8", "#3b7d4f", "#7a4b8f"];
/** What a reader asks first. */
const SHOWN = [
	"get1x1.rate",
	"get1x1.cpu",
	"get1x8.rate",
	"get10x1.cpu",
	"pipelined.rate",
	"put.rate",
	"accessories.rate",
	"bridge.rate",
	"setup.time",
	"verify.time",
	"event.quiet",
	"rss.paired",
	"rss.eight",
];

const escaped = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
const textAt = (x, y, text, rest = "") => `<text x="${x}" y="${y}" ${rest}>${escaped(text)}</text>`;

function bar(measure, name, index, y, longest) {
	const value = measure.values[name];
	if (!value)
		return textAt(LABEL_WIDTH, y + 10, "–");
	const width = Math.max(1, (value.median / longest) * BAR_WIDTH);
	return `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT - 2}" fill="${
		COLORS[index % COLORS.length]
	}"/>`
		+ textAt(LABEL_WIDTH + width + 6, y + 9, `${format(value.median)} ${measure.unit}`);
}

function group(measure, servers, y) {
	const longest = Math.max(...Object.values(measure.values).filter(Boolean).map(({ median }) => median));
	const arrow = measure.better === "higher" ? "more is better" : "less is better";
	const bars = servers.map(({ name }, index) => bar(measure, name, index, y + index * BAR_HEIGHT, longest));
	const label = textAt(LABEL_WIDTH - 12, y + 9, measure.title, 'text-anchor="end"');
	const hint = textAt(LABEL_WIDTH - 12, y + 21, arrow, 'text-anchor="end" class="hint"');
	return [label, servers.length > 1 ? hint : "", ...bars].join("\n");
}

function legend(servers) {
	return servers.map(({ name, about }, index) => {
		const x = 20 + index * 270;
		const color = COLORS[index % COLORS.length];
		return `<rect x="${x}" y="44" width="10" height="10" fill="${color}"/>${textAt(x + 16, 53, `${name}${about ? ` (${about})` : ""}`)}`;
	}).join("\n");
}

/** An SVG of the measures that a reader asks first. */
export function chart({ servers, measures, date, commit, machine }) {
	const shown = SHOWN.map((id) => measures.find((measure) => measure.id === id))
		.filter((measure) => measure && Object.values(measure.values).some(Boolean));
	const step = servers.length * BAR_HEIGHT + GAP;
	const height = TOP + shown.length * step + 10;
	const style = "text{font:11px sans-serif;fill:#222}.hint{font-size:9px;fill:#777}.title{font-size:14px;font-weight:bold}";
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
		`<style>${style}</style><rect width="100%" height="100%" fill="#fff"/>`,
		textAt(20, 20, "The same switch, the same load, one machine", 'class="title"'),
		textAt(20, 36, `${date}, ${commit}; ${machine}; medians`, 'class="hint"'),
		legend(servers),
		...shown.map((measure, at) => group(measure, servers, TOP + at * step)),
		"</svg>\n",
	].join("\n");
}
