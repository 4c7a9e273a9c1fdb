/** Turns the #private fields of modules/, host/ and targets/ into TypeScript's private, for a branch that still has them. Run in the root. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** Where the name is a method's too. */
const RENAMED = {
	service: "advertised",
	connections: "openConnections",
	windowEnd: "quietUntil",
	message: "pending",
	data: "dataAt",
};

const files = execFileSync("git", ["ls-files", "modules/**.ts", "host/**.ts", "targets/**.ts"], { encoding: "utf8" }).trim().split("\n");

for (const file of new Set(files)) {
	let text = readFileSync(file, "utf8");
	if (!/(\.|\t)#\w/.test(text))
		continue;
	const names = new Set([...text.matchAll(/(?:\.|^\t(?:static |declare |readonly )*)#(\w+)/gm)].map((match) => match[1]));
	const isPublic = new Set();
	for (const name of names) {
		const getter = new RegExp(
			`((?:\\t/\\*\\*(?:(?!\\*/)[^])*\\*/\\n)?)\\tget ${name}\\(\\)[^{\\n]*\\{\\n\\t\\treturn this\\.#${name};\\n\\t\\}\\n\\n?`,
		);
		const match = text.match(getter);
		if (!match)
			continue;
		isPublic.add(name);
		text = text.replace(getter, "");
		const field = new RegExp(`^(\\t(?:static |declare |readonly )*)#${name}\\b`, "m");
		text = text.replace(
			field,
			(whole) => (match[1] && !new RegExp(`\\*/\\n\\t(?:readonly )?#${name}\\b`).test(text) ? match[1] : "") + whole,
		);
	}
	const target = (name) => {
		const clashes = new RegExp(`^\\t(?:(?:private|protected|static|override|get|set|async) )*${name}(?:<[^>]*>)?\\(`, "m").test(text);
		if (!clashes)
			return name;
		if (!RENAMED[name])
			console.error(`${file}: #${name} has the name of a method: rename it first`);
		return RENAMED[name] ?? `${name}Field`;
	};
	const renamed = new Map([...names].map((name) => [name, target(name)]));
	text = text.replace(/^(\t)((?:static |declare |readonly )*)#(\w+)/gm, (_, tab, words, name) => {
		const isDeclared = words.includes("declare ");
		const visible = isPublic.has(name) ? "" : "private ";
		return `${tab}${isDeclared ? "declare " : ""}${visible}${words.replace("declare ", "")}${renamed.get(name)}`;
	});
	text = text.replace(/\.#(\w+)/g, (_, name) => `.${renamed.get(name) ?? name}`);
	writeFileSync(file, text);
}
