/* What the natives of embedded:io/… share: options, callbacks that live as long as their object, host data. */

#ifndef __HAP_XS_IO__
#define __HAP_XS_IO__

#include "address.h"
#include "loop.h"

/** The JavaScript side of a host object. Embed it; `callbacks` are function instances, kept alive by the marker. */
enum { kMaxCallbacks = 4 };
typedef struct {
	txSlot object;
	txSlot* callbacks[kMaxCallbacks];
} HostSide;

/** Binds `data` to xsThis: the object stays alive until hostRelease. */
void hostBind(txMachine* the, HostSide* side, void* data, const txHostHooks* hooks);
void hostRelease(txMachine* the, HostSide* side);
void hostMark(txMachine* the, HostSide* side, txMarkRoot markRoot);
/** Host data of an object of that kind, NULL when it was closed. TypeError for everything else. */
void* hostDataOf(txMachine* the, txSlot* slot, const txHostHooks* hooks);
/** Of xsThis. */
void* hostData(txMachine* the, const txHostHooks* hooks);

/** Options are the first argument. Each answers whether the option is there and not undefined, leaving it on the stack. */
txBoolean optionGet(txMachine* the, const char* name);
txSlot* optionCallback(txMachine* the, const char* name);
txInteger optionInteger(txMachine* the, const char* name, txInteger low, txInteger high, txInteger absent);
txBoolean optionBoolean(txMachine* the, const char* name, txBoolean absent);
/** False when absent; RangeError when longer than `size`. */
txBoolean optionText(txMachine* the, const char* name, char* text, size_t size);
/** Copies options.target to this.target. */
void optionTarget(txMachine* the);

/** The bytes of a buffer argument. They move at the next allocation. */
uint8_t* bufferArgument(txMachine* the, txInteger index, size_t* bytes, txBoolean isWritten);

#endif
