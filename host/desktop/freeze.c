/*
 * Makes the base machine fit for read-only memory, by the rules of the SDK's linker: functions, their prototypes and
 * their environments are frozen, so are the objects that XS cannot copy on write (maps, buffers, proxies, promises …).
 * Whatever else is not frozen gets an alias index and is copied to the serving machine when it is first written.
 */

#include "byte-code.h"
#include "lines.h"

static const txFlag kFrozen = XS_DONT_DELETE_FLAG | XS_DONT_SET_FLAG;

static void freezeInstance(txSlot* instance)
{
	txSlot* property = instance->next;
	instance->flag |= XS_DONT_PATCH_FLAG;
	while (property) {
		property->flag |= (XS_ACCESSOR_KIND == property->kind) ? XS_DONT_DELETE_FLAG : kFrozen;
		property = property->next;
	}
}

static txBoolean isFunction(txSlot* internal)
{
	switch (internal->kind) {
	case XS_CALLBACK_KIND:
	case XS_CALLBACK_X_KIND:
	case XS_CODE_KIND:
	case XS_CODE_X_KIND:
		return 1;
	}
	return 0;
}

static void freezeFunction(txMachine* the, txSlot* instance)
{
	txSlot* property = mxBehaviorGetProperty(the, instance, mxID(_prototype), 0, XS_OWN);
	freezeInstance(instance);
	if ((instance->flag & XS_CAN_CONSTRUCT_FLAG) && property && (XS_REFERENCE_KIND == property->kind))
		freezeInstance(property->value.reference);
}

static void freezeInternal(txMachine* the, txSlot* instance, txSlot* internal)
{
	if (isFunction(internal)) {
		freezeFunction(the, instance);
		return;
	}
	if (XS_ENVIRONMENT_BEHAVIOR == internal->ID) {
		freezeInstance(instance);		/* sharing takes the mark back from closures that can be set */
		return;
	}
	switch (internal->kind) {
	case XS_MAP_KIND:
	case XS_SET_KIND:
	case XS_WEAK_MAP_KIND:
	case XS_WEAK_SET_KIND:
	case XS_WEAK_REF_KIND:
	case XS_ARRAY_BUFFER_KIND:
	case XS_DATA_VIEW_KIND:
	case XS_TYPED_ARRAY_KIND:
	case XS_PROXY_KIND:
	case XS_REGEXP_KIND:
		freezeInstance(instance);
		break;
	case XS_PROMISE_KIND:
		freezeInstance(instance);
		freezeInstance(internal->next->value.reference);
		break;
	}
}

/** A closure over a function never changes: class and function declarations are constant once they have run. */
static void constifyClosure(txSlot* closure)
{
	txSlot* internal;
	if (XS_REFERENCE_KIND != closure->kind)
		return;
	internal = closure->value.reference->next;
	if (internal && isFunction(internal))
		closure->flag |= XS_DONT_SET_FLAG;
}

typedef void (*Visitor)(txMachine* the, txSlot* slot);

/** Free slots have no marks of their own: a temporary mark keeps visitors off them. */
static void visitHeap(txMachine* the, Visitor visit)
{
	for (txSlot* slot = the->freeHeap; slot; slot = slot->next)
		slot->flag |= XS_MARK_FLAG;
	for (txSlot* heap = the->firstHeap; heap; heap = heap->next) {
		txSlot* limit = heap->value.reference;
		for (txSlot* slot = heap + 1; slot < limit; slot++) {
			if (!(slot->flag & XS_MARK_FLAG))
				(*visit)(the, slot);
		}
	}
	for (txSlot* slot = the->freeHeap; slot; slot = slot->next)
		slot->flag &= ~XS_MARK_FLAG;
}

static void visitInstance(txMachine* the, txSlot* slot)
{
	if ((XS_INSTANCE_KIND == slot->kind) && slot->next && (slot->next->flag & XS_INTERNAL_FLAG))
		freezeInternal(the, slot, slot->next);
}

static void visitClosure(txMachine* the, txSlot* slot)
{
	(void)the;
	if (XS_CLOSURE_KIND == slot->kind)
		constifyClosure(slot->value.closure);
}

/** The global of the base is found through the clone's prototype chain; its cache of look-ups would write. */
static void makeGlobalOrdinary(txMachine* the)
{
	txSlot* global = mxGlobal.value.reference;
	if (global->next && (XS_GLOBAL_KIND == global->next->kind)) {
		global->next = global->next->next;
		global->flag &= ~XS_EXOTIC_FLAG;
	}
}

static void freezeIntrinsics(txMachine* the)
{
	for (txSlot* slot = the->stack; slot < &the->stackTop[-XS_SYMBOL_ID_COUNT]; slot++) {
		if (XS_REFERENCE_KIND == slot->kind)
			freezeInstance(slot->value.reference);
	}
}

void freezeBase(txMachine* the)
{
	fxCollectGarbage(the);
	freezeIntrinsics(the);
	visitHeap(the, visitInstance);
	visitHeap(the, visitClosure);
	makeGlobalOrdinary(the);
}

/* Byte code and literals stay where they are */

static const uint8_t kArchived[][2] = {
	{ XS_CODE_CODE_1, XS_CODE_CODE_ARCHIVE_1 },
	{ XS_CODE_CODE_2, XS_CODE_CODE_ARCHIVE_2 },
	{ XS_CODE_CODE_4, XS_CODE_CODE_ARCHIVE_4 },
	{ XS_CODE_STRING_1, XS_CODE_STRING_ARCHIVE_1 },
	{ XS_CODE_STRING_2, XS_CODE_STRING_ARCHIVE_2 },
	{ XS_CODE_STRING_4, XS_CODE_STRING_ARCHIVE_4 },
};

static uint8_t archivedCode(uint8_t code)
{
	for (size_t i = 0; i < sizeof(kArchived) / sizeof(kArchived[0]); i++) {
		if (kArchived[i][0] == code)
			return kArchived[i][1];
	}
	return code;
}

static void archiveCode(txByte* address)
{
	txChunk* chunk = (txChunk*)(address - sizeof(txChunk));
	uint8_t* code = (uint8_t*)address;
	size_t bytes = stripLines(code, codePieceBytes(code));
	for (size_t at = 0; at < bytes; at += codeBytes(code + at))
		code[at] = archivedCode(code[at]);
	chunk->size = (txSize)(sizeof(txChunk) + bytes);		/* so that its end is known exactly from here on */
}

static void archiveSlot(txMachine* the, txSlot* slot)
{
	(void)the;
	switch (slot->kind) {
	case XS_STRING_KIND:
		slot->kind = XS_STRING_X_KIND;
		break;
	case XS_BIGINT_KIND:
		slot->kind = XS_BIGINT_X_KIND;
		break;
	case XS_KEY_KIND:
		if (slot->value.key.string)
			slot->kind = XS_KEY_X_KIND;
		break;
	case XS_CODE_KIND:
		archiveCode(slot->value.code.address);
		slot->kind = XS_CODE_X_KIND;
		break;
	case XS_ARRAY_KIND:
		if (slot->value.array.address) {
			txSlot* item = slot->value.array.address;
			for (txIndex count = fxGetIndexSize(the, slot); count > 0; count--)
				archiveSlot(the, item++);
		}
		break;
	}
}

/** After this no slot of the base owns a chunk that a collection of the clone would move or mark. */
void archiveBase(txMachine* the)
{
	for (txSlot* heap = the->firstHeap; heap; heap = heap->next) {
		txSlot* limit = heap->value.reference;
		for (txSlot* slot = heap + 1; slot < limit; slot++)
			archiveSlot(the, slot);
	}
	for (txSlot* slot = the->stack; slot < the->stackTop; slot++)
		archiveSlot(the, slot);
	stripEnd();
	linesSeal();
}
