/** Which endpoint serves a path and a method, and who may use it (HAP R2 "HTTP Server", table of URLs). */

import { Method, type RequestParser } from "hap/wire/http-parser";
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

/** Most requests are for it. */
const CHARACTERISTICS: Route = Object.freeze({ path: "/characteristics", get: getCharacteristics, put: putCharacteristics });

/**
 * The others. A list, not an object by path: XS keeps every name that a property was ever asked for by,
 * and strangers choose paths.
 */
const ROUTES: readonly Route[] = Object.freeze(
	[
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
	if (method === Method.PUT)
		return route.put;
	return method === Method.POST ? route.post : undefined;
}

/** What the endpoint throws is the connection's to answer. */
export function route(accessory: Accessory, connection: HAPConnection, request: RequestParser, response: HAPResponse): void {
	const entry = request.path === CHARACTERISTICS.path ? CHARACTERISTICS : routeOf(request.path);
	if (!connection.isAuthenticated() && !entry?.isOpen) {
		response.sendStatus(UNAUTHORIZED, HapStatus.InsufficientPrivileges);
		return;
	}
	if (!entry) {
		response.sendEmpty(404);
		return;
	}
	const endpoint = request.method === Method.GET ? entry.get : endpointOf(entry, request.method);
	if (endpoint)
		endpoint(accessory, connection, request, response);
	else
		response.sendEmpty(405);
}
