/*
 * Takes the codes that say lines and files out of the base's byte code. Distances only shrink by that, so every code keeps its width,
 * and the code that is left lies where the old one began. What holds places in byte code beside frames is a generator that waits:
 * one of the base cannot go on, which would write to it.
 */

#include "byte-code.h"
#include "lines.h"

typedef enum {
	kBefore,		/* places at the next code are of the new line */
	kBehind,		/* they are of the old line: the code before is left with the place behind it */
	kStay,			/* there are both, which only the code itself can tell apart */
} Fate;

typedef struct {
	uint8_t first, last;
} Codes;

/** What XS leaves, for a call or an exception, with the place behind the code. Of the others some leave before it. */
static const Codes kLeftBehind[] = {
	{ XS_CODE_AWAIT, XS_CODE_AWAIT },
	{ XS_CODE_CONST_CLOSURE_1, XS_CODE_CONST_LOCAL_2 },
	{ XS_CODE_DELETE_PROPERTY, XS_CODE_DELETE_SUPER_AT },
	{ XS_CODE_EVAL, XS_CODE_EVAL_TAIL },
	{ XS_CODE_FOR_AWAIT_OF, XS_CODE_FOR_OF },
	{ XS_CODE_GET_CLOSURE_1, XS_CODE_GET_PROPERTY_AT },
	{ XS_CODE_GET_SUPER, XS_CODE_GET_SUPER_AT },
	{ XS_CODE_GET_THIS_VARIABLE, XS_CODE_GET_VARIABLE },
	{ XS_CODE_HAS_PRIVATE_1, XS_CODE_HAS_PRIVATE_2 },
	{ XS_CODE_IN, XS_CODE_IN },
	{ XS_CODE_INSTANCEOF, XS_CODE_INSTANCEOF },
	{ XS_CODE_NEW_CLOSURE, XS_CODE_NEW_CLOSURE },
	{ XS_CODE_NEW_PRIVATE_1, XS_CODE_NEW_PROPERTY_AT },
	{ XS_CODE_PROGRAM_ENVIRONMENT, XS_CODE_REFRESH_CLOSURE_2 },
	{ XS_CODE_RESET_CLOSURE_1, XS_CODE_RESET_CLOSURE_2 },
	{ XS_CODE_RUN, XS_CODE_SET_CLOSURE_2 },
	{ XS_CODE_SET_LOCAL_1, XS_CODE_SET_PROPERTY_AT },
	{ XS_CODE_SET_SUPER, XS_CODE_SET_SUPER_AT },
	{ XS_CODE_SET_VARIABLE, XS_CODE_SET_VARIABLE },
	{ XS_CODE_START_ASYNC, XS_CODE_STORE_2 },
	{ XS_CODE_SUPER, XS_CODE_SUPER },
	{ XS_CODE_TEMPLATE, XS_CODE_TEMPLATE },
	{ XS_CODE_YIELD, XS_CODE_YIELD },
};

/** What expressions begin with and XS never leaves before it. */
static const Codes kNotLeftBefore[] = {
	{ XS_CODE_BRANCH_1, XS_CODE_BRANCH_IF_4 },
	{ XS_CODE_CALL, XS_CODE_CALL },
	{ XS_CODE_CURRENT, XS_CODE_CURRENT },
	{ XS_CODE_DUB, XS_CODE_DUB_AT },
	{ XS_CODE_FALSE, XS_CODE_FALSE },
	{ XS_CODE_GET_CLOSURE_1, XS_CODE_GET_LOCAL_2 },
	{ XS_CODE_GET_RESULT, XS_CODE_GET_RESULT },
	{ XS_CODE_INTEGER_1, XS_CODE_INTEGER_4 },
	{ XS_CODE_NULL, XS_CODE_NUMBER },
	{ XS_CODE_POP, XS_CODE_POP },
	{ XS_CODE_STRING_1, XS_CODE_STRING_ARCHIVE_4 },
	{ XS_CODE_SWAP, XS_CODE_TARGET },
	{ XS_CODE_THIS, XS_CODE_THIS },
	{ XS_CODE_TRUE, XS_CODE_TRUE },
	{ XS_CODE_UNDEFINED, XS_CODE_UNDEFINED },
};

#define mxIsAmong(CODES, CODE) isAmong(CODES, sizeof(CODES) / sizeof(CODES[0]), CODE)

static int isAmong(const Codes* codes, size_t count, uint8_t code)
{
	for (size_t i = 0; i < count; i++) {
		if ((codes[i].first <= code) && (code <= codes[i].last))
			return 1;
	}
	return 0;
}

static int saysLine(uint8_t code)
{
	return (XS_CODE_LINE == code) || (XS_CODE_FILE == code);
}

typedef struct {
	uint8_t* code;
	size_t bytes;
	uint8_t before;			/* the last code that stays */
} Piece;

static Fate fateOf(const Piece* piece, size_t at)
{
	const uint8_t* next = piece->code + at;
	if ((XS_CODE_FILE == *next) || !mxIsAmong(kLeftBehind, piece->before))
		return kBefore;
	while ((next < piece->code + piece->bytes) && saysLine(*next))
		next += codeBytes(next);
	return mxIsAmong(kNotLeftBefore, *next) ? kBehind : kStay;
}

static int stays(const Piece* piece, size_t at)
{
	return !saysLine(piece->code[at]) || (kStay == fateOf(piece, at));
}

/* Where each code goes */

static uint32_t* gPlaces;		/* by place in the old code */
static size_t gPlacesRoom;
enum { kNoCode = UINT32_MAX };

static void findPlaces(Piece* piece)
{
	uint32_t to = 0;
	if (gPlacesRoom <= piece->bytes) {
		gPlacesRoom = 2 * piece->bytes + 1;
		free(gPlaces);
		gPlaces = malloc(gPlacesRoom * sizeof(uint32_t));
		if (!gPlaces)
			abort();
	}
	memset(gPlaces, 0xFF, (piece->bytes + 1) * sizeof(uint32_t));
	piece->before = XS_NO_CODE;
	for (size_t at = 0; at < piece->bytes; at += codeBytes(piece->code + at)) {
		gPlaces[at] = to;
		if (!stays(piece, at))
			continue;
		to += (uint32_t)codeBytes(piece->code + at);
		piece->before = piece->code[at];
	}
	gPlaces[piece->bytes] = to;
}

static uint32_t placeOf(const Piece* piece, size_t at)
{
	if ((piece->bytes < at) || ((uint32_t)kNoCode == gPlaces[at])) {
		fprintf(stderr, "hap-xs: byte code leads to the middle of a code\n");
		abort();
	}
	return gPlaces[at];
}

static void move(Piece* piece, size_t at)
{
	uint8_t* code = piece->code + at;
	size_t bytes = codeBytes(code);
	uint32_t to = placeOf(piece, at);
	piece->before = *code;
	if (codeHasDistance(*code)) {
		size_t target = at + bytes + (size_t)codeDistance(code);
		codeSetDistance(code, (int32_t)placeOf(piece, target) - (int32_t)(to + bytes));
	}
	memmove(piece->code + to, code, bytes);
}

static void noteLine(Piece* piece, size_t at, Line line)
{
	Fate fate = fateOf(piece, at);
	size_t place = placeOf(piece, at);
	linesAdd(place + (kBehind == fate) + (kStay == fate ? codeBytes(piece->code + at) : 0), line);
}

/** One function; those inside it have lines of their own, and behind them that of before is in force again. */
static void stripFunction(Piece* piece, size_t at, size_t limit)
{
	Line line = { 0, XS_NO_ID };
	while (at < limit) {
		const uint8_t* code = piece->code + at;
		size_t next = at + codeBytes(code);
		size_t inner = codeIsFunction(*code) ? next + (size_t)codeDistance(code) : next;
		if (XS_CODE_FILE == *code)
			memcpy(&line.file, code + 1, sizeof(txID));
		else if (XS_CODE_LINE == *code) {
			uint16_t number;
			memcpy(&number, code + 1, sizeof(number));
			line.line = number;
			noteLine(piece, at, line);
		}
		if (stays(piece, at))
			move(piece, at);
		if (next < inner) {
			stripFunction(piece, next, inner);
			linesAdd(placeOf(piece, inner), line);
		}
		at = inner;
	}
}

size_t stripLines(uint8_t* code, size_t bytes)
{
	Piece piece = { .code = code, .bytes = bytes };
	size_t left;
	linesOpen(code);
	findPlaces(&piece);
	piece.before = XS_NO_CODE;
	stripFunction(&piece, 0, bytes);
	linesClose();
	left = placeOf(&piece, bytes);
	memset(code + left, XS_NO_CODE, bytes - left);
	return left;
}

void stripEnd(void)
{
	free(gPlaces);
	gPlaces = NULL;
	gPlacesRoom = 0;
}
