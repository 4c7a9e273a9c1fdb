/** The status page, in pieces that are sent one by one. It draws what /events tells; no text of the accessory's is read as HTML. */

export const PAGE: readonly string[] = Object.freeze([
	`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>hap-xs</title>
<style>
:root { color-scheme: light dark; --back: #f4f5f7; --card: #fff; --ink: #1c1e21; --dim: #6b7280; --line: #e4e6ea; --good: #16a34a; --warm: #d97706; }
@media (prefers-color-scheme: dark) { :root { --back: #14161a; --card: #1d2026; --ink: #e8eaed; --dim: #9aa1ac; --line: #2c3038; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 20px; display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); }
header { grid-column: 1 / -1; display: flex; align-items: baseline; gap: 12px; flex-wrap: wrap; }
`,
	`h1 { margin: 0; font-size: 26px; } h2 { margin: 0 0 10px; font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: var(--dim); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 18px 20px; }
.wide { grid-column: 1 / -1; }
@media (min-width: 960px) { .log { grid-column: span 2; } }
#state { font-size: 13px; padding: 2px 10px; border-radius: 99px; color: #fff; background: var(--dim); }
#state.paired { background: var(--good); } #state.unpaired { background: var(--warm); }
#about { color: var(--dim); font-size: 13px; margin-left: auto; }
#qr { display: block; width: 190px; height: 190px; margin: 4px auto 12px; background: #fff; border-radius: 8px; }
#code { text-align: center; font: 600 24px ui-monospace, monospace; letter-spacing: .05em; } #payload { text-align: center; color: var(--dim); font-size: 12px; }
`,
	`ul { list-style: none; margin: 0; padding: 0; } li { padding: 5px 0; border-bottom: 1px solid var(--line); display: flex; justify-content: space-between; gap: 12px; }
li:last-child { border: 0; } li b { font-weight: 600; } .none { color: var(--dim); }
meter { width: 100%; height: 14px; } pre { margin: 0; font: 12.5px/1.6 ui-monospace, monospace; white-space: pre-wrap; word-break: break-word; }
</style>
<main>
<header><h1 id="name">…</h1><span id="state">connecting</span><span id="about"></span></header>
<section id="label" hidden><h2>Pair</h2><canvas id="qr"></canvas><div id="code"></div><div id="payload"></div></section>
<section><h2>State</h2><ul id="values"></ul></section>
<section><h2>Memory</h2><div id="heap"></div></section>
<section class="wide"><h2>Sessions</h2><ul id="sessions"></ul></section>
<section><h2>Events</h2><ul id="events"></ul></section>
`,
	`<section class="log"><h2>Log</h2><pre id="log"></pre></section>
</main>
<script>
const $ = (id) => document.getElementById(id);
const NAMES = { "25": "On", "26": "Outlet in use", "8": "Brightness", "11": "Temperature", "10": "Humidity", "6A": "Contact", "73": "Press",
	"E863F10D-079E-48FF-8F27-9C2605A29F52": "Watts", "E863F10C-079E-48FF-8F27-9C2605A29F52": "Kilowatt hours" };
const UNITS = { celsius: " °C", percentage: " %", lux: " lx", arcdegrees: "°", seconds: " s" };
function list(id, rows) {
	$(id).replaceChildren(...(rows.length ? rows : [["none yet"]]).map(([left, right]) => {
		const item = document.createElement("li");
		const text = document.createElement("span");
		text.textContent = left;
		if (!rows.length) text.className = "none";
		item.append(text);
		if (right !== undefined) { const bold = document.createElement("b"); bold.textContent = right; item.append(bold); }
		return item;
`,
	`	}));
}
function drawQr(rows) {
	const quiet = 4, size = rows.length + 2 * quiet, scale = 8, canvas = $("qr");
	canvas.width = canvas.height = size * scale;
	const context = canvas.getContext("2d");
	context.fillStyle = "#fff"; context.fillRect(0, 0, canvas.width, canvas.width); context.fillStyle = "#000";
	rows.forEach((row, y) => [...row].forEach((cell, x) => cell === "1" && context.fillRect((x + quiet) * scale, (y + quiet) * scale, scale, scale)));
}
const shown = (value) => value === true ? "on" : value === false ? "off" : value === null ? "–" : String(value);
function show(state) {
	document.title = $("name").textContent = state.name;
	$("state").textContent = state.pairings ? "paired with " + state.pairings : "not paired";
	$("state").className = state.pairings ? "paired" : "unpaired";
	$("about").textContent = state.model + " · " + state.deviceId + " · port " + state.port;
`,
	`	$("label").hidden = !state.label;
	$("code").textContent = state.label ? state.label.setupCode : "";
	$("payload").textContent = state.label ? state.label.setupPayload : "";
	drawQr(state.label ? state.label.qr : []);
	list("values", state.values.map(({ id, type, unit, value }) => [(NAMES[type] || "Characteristic " + type) + " (" + id + ")", shown(value) + (UNITS[unit] || "")]));
	list("sessions", state.sessions.map((line) => [line]));
	list("events", state.events.map((line) => [line]).reverse());
	$("log").textContent = state.log.join("\\n");
	const { heap } = state;
	$("heap").innerHTML = heap ? "<meter max=" + Number(heap.all) + " value=" + Number(heap.used) + "></meter>" : "";
	$("heap").append(heap ? heap.used.toLocaleString() + " of " + heap.all.toLocaleString() + " bytes" : "not counted here");
}
const source = new EventSource("/events");
`,
	`source.onmessage = ({ data }) => show(JSON.parse(data));
source.onerror = () => { $("state").textContent = "not reached"; $("state").className = ""; };
</script>
</html>
`,
]);
