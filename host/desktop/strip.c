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
	uint32_t* places;		/* by place in the old code: where the code goes, or kNoCode when none begins there */
	uint32_t to;			/* where the next one goes */
	uint8_t before;			/* the last code that stays */
} Piece;

enum { kNoCode = UINT32_MAX };

static Fate fateOf(const Piece* piece, const uint8_t* next)
{
	if (!mxIsAmong(kLeftBehind, piece->before))
		return kBefore;
	while ((next < piece->code + piece->bytes) && saysLine(*next))
		next += codeBytes(next);
	return mxIsAmong(kNotLeftBefore, *next) ? kBehind : kStay;
}

static void keep(Piece* piece, const uint8_t* code)
{
	piece->before = *code;
	piece->to += (uint32_t)codeBytes(code);
}

static void readLine(Piece* piece, const uint8_t* code, Line* line)
{
	uint16_t number;
	Fate fate = fateOf(piece, code);
	memcpy(&number, code + 1, sizeof(number));
	line->line = number;
	if (kStay == fate)
		keep(piece, code);
	linesAdd(piece->to + (kBehind == fate), *line);
}

/** One function; those inside it have lines of their own, and behind them that of before is in force again. */
static void readFunction(Piece* piece, size_t at, size_t limit)
{
	Line line = { 0, XS_NO_ID };
	while (at < limit) {
		const uint8_t* code = piece->code + at;
		piece->places[at] = piece->to;
		at += codeBytes(code);
		switch (*code) {
		case XS_CODE_FILE:
			memcpy(&line.file, code + 1, sizeof(txID));
			break;
		case XS_CODE_LINE:
			readLine(piece, code, &line);
			break;
		default:
			keep(piece, code);
			if (codeIsFunction(*code)) {
				size_t end = at + (size_t)codeDistance(code);
				readFunction(piece, at, end);
				linesAdd(piece->to, line);
				at = end;
			}
		}
	}
}

static uint32_t placeOf(const Piece* piece, size_t at)
{
	if ((piece->bytes < at) || ((uint32_t)kNoCode == piece->places[at])) {
		fprintf(stderr, "hap-xs: byte code leads to the middle of a code\n");
		abort();
	}
	return piece->places[at];
}

static void move(Piece* piece, size_t at, size_t bytes)
{
	uint8_t* code = piece->code + at;
	uint32_t to = piece->places[at];
	if (codeHasDistance(*code)) {
		size_t target = at + bytes + (size_t)codeDistance(code);
		codeSetDistance(code, (int32_t)placeOf(piece, target) - (int32_t)(to + bytes));
	}
	memmove(piece->code + to, code, bytes);
}

static void moveCodes(Piece* piece)
{
	size_t at = 0;
	while (at < piece->bytes) {
		size_t bytes = codeBytes(piece->code + at);
		if (piece->places[at] < piece->places[at + bytes])
			move(piece, at, bytes);
		at += bytes;
	}
}

static uint32_t* gPlaces;		/* kept from piece to piece */
static size_t gPlacesRoom;

static uint32_t* placesOf(size_t bytes)
{
	if (gPlacesRoom <= bytes) {
		gPlacesRoom = 2 * bytes + 1;
		free(gPlaces);
		gPlaces = malloc(gPlacesRoom * sizeof(uint32_t));
		if (!gPlaces)
			abort();
	}
	return memset(gPlaces, 0xFF, (bytes + 1) * sizeof(uint32_t));
}

size_t stripLines(uint8_t* code, size_t bytes)
{
	Piece piece = { .code = code, .bytes = bytes, .places = placesOf(bytes), .before = XS_NO_CODE };
	linesOpen(code);
	readFunction(&piece, 0, bytes);
	linesClose();
	piece.places[bytes] = piece.to;
	moveCodes(&piece);
	memset(code + piece.to, XS_NO_CODE, bytes - piece.to);
	return piece.to;
}

void stripEnd(void)
{
	free(gPlaces);
	gPlaces = NULL;
	gPlacesRoom = 0;
}
