/** The accessory at run time: where the objects of all layers meet. */

import KeyValue from "embedded:storage/key-value";
import Time from "time";
import { Button } from "hap/gpio/button";
import { Output } from "hap/gpio/output";
import { Discovery } from "hap/discovery/discovery";
import { AccessoryDatabase } from "hap/model/database";
import { currentConfigurationNumber } from "hap/model/configuration";
import { type Identity, loadIdentity } from "hap/pairing/identity";
import { PairSetup } from "hap/pairing/pair-setup";
import { Pairings } from "hap/pairing/pairings";
import { setupHash, setupPayload } from "hap/pairing/setup-payload";
import { EventedHTTPServer } from "hap/server/evented-http-server";
import type { HAPConnection } from "hap/server/hap-connection";
import { route } from "hap/server/router";
import { Records } from "hap/storage/records";
import type { Accessory } from "hap/server/endpoints/endpoint";
import { CATEGORY, DEFINITION, Switch } from "host/this-accessory";
import type { Target } from "host/target";
