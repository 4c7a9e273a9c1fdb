#include <fcntl.h>
#include <netdb.h>
#include "io.h"
#include "xsmc.h"

void hostBind(txMachine* the, HostSide* side, void* data, const txHostHooks* hooks)
{
	fxSetHostData(the, mxThis, data);
	fxSetHostHooks(the, mxThis, hooks);
	side->object = *mxThis;
	fxRemember(the, &side->object);
}

void hostRelease(txMachine* the, HostSide* side)
{
	if (XS_REFERENCE_KIND != side->object.kind)
		return;
	fxSetHostData(the, &side->object, NULL);
	fxForget(the, &side->object);
	side->object.kind = XS_UNDEFINED_KIND;
	memset(side->callbacks, 0, sizeof(side->callbacks));
}

void hostMark(txMachine* the, HostSide* side, txMarkRoot markRoot)
{
	for (int i = 0; i < kMaxCallbacks; i++) {
		if (side->callbacks[i]) {
			txSlot reference = { .kind = XS_REFERENCE_KIND };
			reference.value.reference = side->callbacks[i];
			(*markRoot)(the, &reference);
		}
	}
}

void* hostDataOf(txMachine* the, txSlot* slot, const txHostHooks* hooks)
{
	txSlot* host = (XS_REFERENCE_KIND == slot->kind) ? slot->value.reference->next : NULL;
	if (!host || !(host->flag & XS_INTERNAL_FLAG) || (XS_HOST_KIND != host->kind))
		mxTypeError("no object of the host");
	if (!(host->flag & XS_HOST_HOOKS_FLAG) || (host->value.host.variant.hooks != hooks))
		mxTypeError("object of another kind");
	return host->value.host.data;
}

void* hostData(txMachine* the, const txHostHooks* hooks)
{
	return hostDataOf(the, mxThis, hooks);
}

txBoolean optionGet(txMachine* the, const char* name)
{
	if ((mxArgc < 1) || (XS_REFERENCE_KIND != mxArgv(0)->kind))
		mxTypeError("options are missing");
	mxPushSlot(mxArgv(0));
	mxGetID(fxID(the, (txString)name));
	if (XS_UNDEFINED_KIND != the->stack->kind)
		return 1;
	mxPop();
	return 0;
}

txSlot* optionCallback(txMachine* the, const char* name)
{
	txSlot* function;
	if (!optionGet(the, name))
		return NULL;
	if ((XS_REFERENCE_KIND != the->stack->kind) || !mxIsFunction(the->stack->value.reference))
		mxTypeError("%s is no function", name);
	function = the->stack->value.reference;
	mxPop();
	return function;
}

txInteger optionInteger(txMachine* the, const char* name, txInteger low, txInteger high, txInteger absent)
{
	txInteger value;
	if (!optionGet(the, name))
		return absent;
	value = fxToInteger(the, the->stack);
	mxPop();
	if ((value < low) || (high < value))
		mxRangeError("%s out of range", name);
	return value;
}

txBoolean optionBoolean(txMachine* the, const char* name, txBoolean absent)
{
	txBoolean value;
	if (!optionGet(the, name))
		return absent;
	value = fxToBoolean(the, the->stack);
	mxPop();
	return value;
}

txBoolean optionText(txMachine* the, const char* name, char* text, size_t size)
{
	if (!optionGet(the, name))
		return 0;
	fxToStringBuffer(the, the->stack, text, (txSize)size);
	mxPop();
	return 1;
}

void optionTarget(txMachine* the)
{
	if (!optionGet(the, "target"))
		return;
	mxPushSlot(mxThis);
	mxSetID(fxID(the, "target"));
	mxPop();
}

uint8_t* bufferArgument(txMachine* the, txInteger index, size_t* bytes, txBoolean isWritten)
{
	void* data;
	txUnsigned count;
	if (mxArgc <= index)
		mxTypeError("a buffer is missing");
	_xsmcGetBuffer(the, mxArgv(index), &data, &count, isWritten);
	*bytes = count;
	return data;
}

socklen_t addressParse(struct sockaddr_storage* to, const char* address, int port, int family)
{
	struct sockaddr_in* v4 = (struct sockaddr_in*)to;
	struct sockaddr_in6* v6 = (struct sockaddr_in6*)to;
	char text[64];
	char* zone;
	memset(to, 0, sizeof(*to));
	snprintf(text, sizeof(text), "%s", address ? address : "");
	zone = strchr(text, '%');
	if (zone)
		*zone++ = 0;
	if (text[0] ? (1 == inet_pton(AF_INET, text, &v4->sin_addr)) : (AF_INET == family)) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return sizeof(*v4);
	}
	if (text[0] && (1 != inet_pton(AF_INET6, text, &v6->sin6_addr)))
		return 0;
	if (!text[0])
		v6->sin6_addr = in6addr_any;
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons((uint16_t)port);
	if (zone)
		v6->sin6_scope_id = (uint32_t)strtoul(zone, NULL, 10);
	return sizeof(*v6);
}

/** An IPv4 peer of a dual-stack socket reads as IPv4. */
void addressText(const struct sockaddr_storage* from, char* text, size_t size)
{
	const struct sockaddr_in6* v6 = (const struct sockaddr_in6*)from;
	text[0] = 0;
	if (AF_INET == from->ss_family)
		inet_ntop(AF_INET, &((const struct sockaddr_in*)from)->sin_addr, text, (socklen_t)size);
	else if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
		inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, text, (socklen_t)size);
	else {
		inet_ntop(AF_INET6, &v6->sin6_addr, text, (socklen_t)size);
		if (v6->sin6_scope_id) {
			size_t length = strlen(text);
			snprintf(text + length, size - length, "%%%u", (unsigned)v6->sin6_scope_id);
		}
	}
}

int addressPort(const struct sockaddr_storage* from)
{
	if (AF_INET == from->ss_family)
		return ntohs(((const struct sockaddr_in*)from)->sin_port);
	return ntohs(((const struct sockaddr_in6*)from)->sin6_port);
}

void makeNonBlocking(int descriptor)
{
	fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
	fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}
