/** Tests as documents name them: a file without its folder and ending, and a name as its source has it. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../host/desktop/scripts/paths.mjs";

export const read = (file) => readFileSync(join(root, file), "utf8");

/** [file, name] of each `file: name` of a cell. */
export function references(cell) {
	return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => {
		const at = text.indexOf(": ");
		return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 2)];
	});
}

export function testFile(file) {
	return [`tests/unit/${file}.test.ts`, `tests/${file}.test.mjs`, `tests/vectors/${file}.ts`].find((path) => existsSync(join(root, path)));
}

/** Whether a string of the file is that name, as it stands in the source. */
export function hasTest(file, name) {
	const source = read(file).replaceAll(/\\(["'])/g, "$1");
	return ['"', "'", "`"].some((quote) => source.includes(`${quote}${name}${quote}`));
}

/** Cells of a row of a table; undefined: the line is none, or a table's head. */
export function cellsOf(line) {
	if (!line.startsWith("|") || line.startsWith("|-") || line.startsWith("|  |"))
		return undefined;
	return line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));
}
