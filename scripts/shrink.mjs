/**
 * What a release image's JavaScript is relieved of, module by module, where the engine would pay for it in flash: XS keeps the name of every
 * local variable, a slot for each constant in each function that uses it, and a prototype for each function that could be a constructor.
 * Names that anybody may ask for (exports, properties, functions in a stack trace) stay.
 */

let tools;

/** Undefined where npm install has not run: an image then is some ten per cent larger. */
async function loadTools() {
	try {
		const [{ parse }, { minify }] = await Promise.all([import("acorn"), import("terser")]);
		return { parse, minify };
	}
	catch {
		return undefined;
	}
}

const OWN_SCOPE = new Set(["FunctionDeclaration", "FunctionExpression", "ClassDeclaration", "ClassExpression"]);

/** Whether an arrow function in its place would mean something else. */
function hasOwnThis(node) {
	if (node === null || typeof node !== "object")
		return false;
	if (Array.isArray(node))
		return node.some(hasOwnThis);
	if (node.type === "ThisExpression" || node.type === "MetaProperty" || (node.type === "Identifier" && node.name === "arguments"))
		return true;
	return !OWN_SCOPE.has(node.type) && Object.values(node).some(hasOwnThis);
}

function functionOf(statement) {
	const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
	if (declaration?.type !== "FunctionDeclaration" || declaration.async || declaration.generator)
		return undefined;
	return hasOwnThis(declaration.params) || hasOwnThis(declaration.body) ? undefined : declaration;
}

function namesIn(node) {
	if (node === null || typeof node !== "object")
		return [];
	return node.type === "Identifier" ? [node.name] : Object.values(node).flatMap(namesIn);
}

/** Names that something is assigned to, and some others. */
function assigned(node) {
	if (node === null || typeof node !== "object")
		return [];
	const inside = Object.values(node).flatMap(assigned);
	return node.type === "AssignmentExpression" ? [...namesIn(node.left), ...inside] : inside;
}

/** Functions of the module become constants, or variables where they are assigned to, and come first: the first line could call them. */
function toArrows(source, parse) {
	const { body } = parse(source, { ecmaVersion: "latest", sourceType: "module" });
	const variables = new Set(assigned(body));
	let arrows = "", rest = "", at = 0;
	for (const statement of body) {
		const declaration = functionOf(statement);
		if (!declaration)
			continue;
		const { id, body: block } = declaration;
		const parameters = source.slice(source.indexOf("(", id.end), block.start);
		const word = variables.has(id.name) ? "let" : "const";
		const words = statement === declaration ? word : `export ${word}`;
		arrows += `${words} ${id.name} = ${parameters}=> ${source.slice(block.start, block.end)};\n`;
		rest += source.slice(at, statement.start);
		at = statement.end;
	}
	return arrows + rest + source.slice(at);
}

const OPTIONS = {
	module: true,
	ecma: 2022,
	compress: { defaults: false, toplevel: true, evaluate: true, reduce_vars: true, reduce_funcs: true, inline: 3, unused: true, passes: 2 },
	mangle: { toplevel: false },
};

/** A module that does the same. */
export async function shrink(source) {
	tools ??= loadTools();
	const found = await tools;
	return found ? (await found.minify(toArrows(source, found.parse), OPTIONS)).code : source;
}
