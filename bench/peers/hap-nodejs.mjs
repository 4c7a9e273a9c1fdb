/** The same switch on HAP-NodeJS: node hap-nodejs.mjs PORT STATE CODE ACCESSORIES. Loopback only, no mDNS. */

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Accessory, Bridge, Categories, Characteristic, HAPStorage, Service, uuid } = require("@homebridge/hap-nodejs");
const { EventedHTTPServer } = require("@homebridge/hap-nodejs/dist/lib/util/eventedhttp.js");
const advertiser = require("@homebridge/hap-nodejs/dist/lib/Advertiser.js");

const [port, state, code, accessories] = process.argv.slice(2);
const NAME = "bench Switch";
const OUTSIDE_LOOPBACK = ["0.0.0.0", "::", undefined];

/** Nothing is advertised: an advertiser that does what it is asked and says nothing. */
class SilentAdvertiser extends require("node:events").EventEmitter {
	initPort() {}
	async startAdvertising() {}
	updateAdvertisement() {}
	async destroy() {}
}
for (const name of ["CiaoAdvertiser", "BonjourHAPAdvertiser"])
	Object.defineProperty(advertiser, name, { value: SilentAdvertiser });

const listen = EventedHTTPServer.prototype.listen;
EventedHTTPServer.prototype.listen = function(targetPort, host) {
	return listen.call(this, targetPort, OUTSIDE_LOOPBACK.includes(host) ? "127.0.0.1" : host);
};

function describe(accessory, name, isSwitch) {
	accessory.getService(Service.AccessoryInformation)
		.setCharacteristic(Characteristic.Manufacturer, "hap-xs")
		.setCharacteristic(Characteristic.Model, "Switch1,1")
		.setCharacteristic(Characteristic.SerialNumber, "00:00:00:00:00:00")
		.setCharacteristic(Characteristic.FirmwareRevision, "0.1.0");
	if (isSwitch)
		accessory.addService(Service.Switch, name);
	return accessory;
}

HAPStorage.setCustomStoragePath(state);
const count = Number(accessories);
const identity = uuid.generate(`bench ${count}`);
const main = count > 1
	? describe(new Bridge(NAME, identity), NAME, false)
	: describe(new Accessory(NAME, identity), NAME, true);
for (let i = 2; i <= count; i++)
	main.addBridgedAccessory(describe(new Accessory(`${NAME} ${i}`, uuid.generate(`bench ${i}`)), `${NAME} ${i}`, true));
await main.publish({
	username: "0E:42:A1:B2:C3:D4",
	pincode: code,
	port: Number(port),
	category: count > 1 ? Categories.BRIDGE : Categories.SWITCH,
	bind: ["127.0.0.1"],
});
