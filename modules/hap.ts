/** What an accessory of one's own is made of, under one name. README.md and examples/ show how. */

export type { AccessoryServer } from "hap/accessory/accessory-server";
export type { Accessory, AccessoryOptions, Characteristic, Service, ServiceOptions } from "hap/accessory/declaration";
export { accessory, bridge, service } from "hap/accessory/declare";
export type { Device } from "hap/accessory/device";
export { Panel } from "hap/accessory/panel";
export { PowerOnState } from "hap/accessory/power-on-state";
export { serve } from "hap/accessory/serve";
export { Button } from "hap/gpio/button";
export { Output } from "hap/gpio/output";
export { Category, Characteristics, Services } from "hap/model/catalogue";
export { Format, HapStatus, Perms } from "hap/model/types";
export type { CharacteristicInfo, Value } from "hap/model/types";
