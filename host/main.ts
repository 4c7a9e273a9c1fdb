/** Where the switch's image begins. */

import { serve } from "hap/accessory/serve";
import { SwitchDevice } from "host/switch-device";
import { ACCESSORY } from "host/this-accessory";

export default function main(): void {
	serve(ACCESSORY, (server) => new SwitchDevice(server));
}
