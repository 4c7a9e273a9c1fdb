/*
 * A piece is a count and so many changes: how far the place is from the one before, doubled, with one more when another file follows;
 * how many lines from the line before, its sign in the lowest bit; the file, if it is another. Numbers are of seven bits a byte, the low
 * ones first, with a high bit while there is more.
 */

#include "lines.h"

typedef struct {
	uint32_t code;			/* where its code begins in the base */
	uint32_t changes;		/* where its changes begin in gBytes */
} Piece;

typedef struct {
	size_t place;
	Line line;
} Change;

static Piece* gPieces;
static size_t gPieceCount, gPieceRoom;
static uint8_t* gBytes;
static size_t gByteCount, gByteRoom;

/* The piece that is open */
static uint32_t gCode;
static Change* gChanges;
static size_t gChangeCount, gChangeRoom;

static void* makeRoom(void* list, size_t* room, size_t count, size_t itemBytes)
{
	if (count < *room)
		return list;
	*room = *room ? 2 * *room : 1024;
	list = realloc(list, *room * itemBytes);
	if (!list)
		abort();
	return list;
}

static uint32_t baseOffset(const uint8_t* address)
{
	size_t bytes;
	return (uint32_t)(address - (const uint8_t*)memoryBase(&bytes));
}

void linesOpen(const uint8_t* piece)
{
	gCode = baseOffset(piece);
	gChangeCount = 0;
}

void linesAdd(size_t place, Line line)
{
	if (gChangeCount && (gChanges[gChangeCount - 1].place == place))
		gChangeCount--;			/* no code came between */
	gChanges = makeRoom(gChanges, &gChangeRoom, gChangeCount, sizeof(Change));
	gChanges[gChangeCount++] = (Change){ place, line };
}

static void addNumber(uint32_t number)
{
	do {
		gBytes = makeRoom(gBytes, &gByteRoom, gByteCount, 1);
		gBytes[gByteCount++] = (uint8_t)((number & 0x7F) | ((number > 0x7F) ? 0x80 : 0));
		number >>= 7;
	} while (number);
}

static void addChange(const Change* before, const Change* change)
{
	int isOtherFile = before->line.file != change->line.file;
	int32_t lines = (int32_t)change->line.line - (int32_t)before->line.line;
	addNumber((uint32_t)(change->place - before->place) << 1 | (uint32_t)isOtherFile);
	addNumber(lines < 0 ? (uint32_t)-lines << 1 | 1 : (uint32_t)lines << 1);
	if (isOtherFile)
		addNumber((uint32_t)change->line.file);
}

void linesClose(void)
{
	const Change none = { 0 };
	if (!gChangeCount)
		return;
	gPieces = makeRoom(gPieces, &gPieceRoom, gPieceCount, sizeof(Piece));
	gPieces[gPieceCount++] = (Piece){ gCode, (uint32_t)gByteCount };
	addNumber((uint32_t)gChangeCount);
	for (size_t i = 0; i < gChangeCount; i++)
		addChange(i ? &gChanges[i - 1] : &none, &gChanges[i]);
}

static int comparePieces(const void* a, const void* b)
{
	uint32_t left = ((const Piece*)a)->code, right = ((const Piece*)b)->code;
	return (left > right) - (left < right);
}

void linesSeal(void)
{
	free(gChanges);
	gChanges = NULL;
	gChangeRoom = 0;
	if (!gPieceCount)
		return;
	qsort(gPieces, gPieceCount, sizeof(Piece), comparePieces);
	gPieces = realloc(gPieces, gPieceCount * sizeof(Piece));
	gBytes = realloc(gBytes, gByteCount);
}

/** The piece that the address lies in, if it has lines. */
static const Piece* findPiece(const uint8_t* address)
{
	uint32_t code = baseOffset(address);
	const uint8_t* start = address - code;
	size_t low = 0, high = gPieceCount;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (gPieces[middle].code <= code)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	start += gPieces[low - 1].code - sizeof(txChunk);
	return address < start + ((const txChunk*)start)->size ? &gPieces[low - 1] : NULL;
}

static uint32_t takeNumber(const uint8_t** at)
{
	uint32_t number = 0;
	uint8_t byte;
	int shift = 0;
	do {
		byte = *(*at)++;
		number |= (uint32_t)(byte & 0x7F) << shift;
		shift += 7;
	} while (byte & 0x80);
	return number;
}

static void takeChange(const uint8_t** at, Change* change)
{
	uint32_t place = takeNumber(at);
	uint32_t lines = takeNumber(at);
	change->place += place >> 1;
	change->line.line += (lines & 1) ? -(lines >> 1) : lines >> 1;
	if (place & 1)
		change->line.file = (txID)takeNumber(at);
}

int linesFind(const uint8_t* function, const uint8_t* place, Line* line)
{
	const Piece* piece = memoryIsBase(function) && memoryIsBase(place) ? findPiece(function) : NULL;
	const uint8_t* at;
	uint32_t count;
	Change change = { 0 };
	int isFound = 0;
	if (!piece || (findPiece(place) != piece))
		return 0;
	at = gBytes + piece->changes;
	for (count = takeNumber(&at); count > 0; count--) {
		takeChange(&at, &change);
		if (baseOffset(place) < piece->code + change.place)
			break;
		if (baseOffset(function) <= piece->code + change.place) {		/* not that of a function around it */
			*line = change.line;
			isFound = 1;
		}
	}
	return isFound;
}
