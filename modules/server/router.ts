/** Which endpoint serves a path and a method, and who may use it (HAP R2 "HTTP Server", table of URLs). */

import { HttpError, Method, type RequestParser } from "hap/wire/http-parser";
import { MalformedError } from "hap/bytes/bytes";
import { HapStatus } from "hap/model/types";
import type { Accessory, Endpoint } from "hap/server/endpoints/endpoint";
import { getAccessories } from "hap/server/endpoints/accessories";
import { getCharacteristics, putCharacteristics } from "hap/server/endpoints/characteristics";
import { postIdentify } from "hap/server/endpoints/identify";
import { postPairSetup } from "hap/server/endpoints/pair-setup";
import { postPairVerify } from "hap/server/endpoints/pair-verify";
import { postPairings } from "hap/server/endpoints/pairings";
import { putPrepare } from "hap/server/endpoints/prepare";
import type { HAPConnection } from "hap/server/hap-connection";
import type { HAPResponse } from "hap/server/hap-response";

interface Route {
	readonly path: string;
	/** Served before pair-verify too. */
	readonly isOpen?: boolean;
	readonly get?: Endpoint;
	readonly put?: Endpoint;
	readonly post?: Endpoint;
}

/**
 * Those that are asked for most come first. A list, not an object by path: XS keeps every name that a property was ever asked for by,
 * and strangers choose paths.
 */
const ROUTES: readonly Route[] = Object.freeze(
	[
		{ path: "/characteristics", get: getCharacteristics, put: putCharacteristics },
		{ path: "/accessories", get: getAccessories },
		{ path: "/identify", isOpen: true, post: postIdentify },
		{ path: "/pair-setup", isOpen: true, post: postPairSetup },
		{ path: "/pair-verify", isOpen: true, post: postPairVerify },
		{ path: "/pairings", post: postPairings },
		{ path: "/prepare", put: putPrepare },
	],
	true,
);

/** 470 Connection Authorization Required: HAP's own. */
const UNAUTHORIZED = 470;

function routeOf(path: string): Route | undefined {
	for (let i = 0; i < ROUTES.length; i++)
		if (ROUTES[i].path === path)
			return ROUTES[i];
	return undefined;
}

function endpointOf(route: Route, method: Method): Endpoint | undefined {
	switch (method) {
		case Method.GET:
			return route.get;
		case Method.PUT:
			return route.put;
		case Method.POST:
			return route.post;
		default:
			return undefined;
	}
}

export function route(accessory: Accessory, connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
	const entry = routeOf(request.path);
	if (!entry?.isOpen && !connection.isAuthenticated()) {
		response.sendStatus(UNAUTHORIZED, HapStatus.InsufficientPrivileges);
		return;
	}
	if (!entry) {
		response.sendEmpty(404);
		return;
	}
	const endpoint = endpointOf(entry, request.method);
	if (!endpoint) {
		response.sendEmpty(405);
		return;
	}
	try {
		endpoint(accessory, connection, request, response);
	}
	catch (error) {
		refuse(response, error);
	}
}

/** Whose fault decides: the controller's gets its status, ours is seen by the caller. */
function refuse(response: HAPResponse, error: unknown): void {
	if (error instanceof MalformedError)
		response.sendEmpty(400);
	else if (error instanceof HttpError)
		response.sendEmpty(error.status);
	else
		throw error;
}
