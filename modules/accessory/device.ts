/** What the accessory's hardware may do beside its characteristics. All of it may be left out. */

import type { Characteristic } from "hap/accessory/declaration";
import type { Value } from "hap/model/types";

export interface Device {
	/** "Which one are you?": a light blinks, a bell rings. `aid`: which of a bridge's accessories is meant. */
	identify?(aid: number): void;
	showPaired?(isPaired: boolean): void;
	/** Whether there is a network. */
	showConnected?(isConnected: boolean): void;
	/** Something went wrong, and the log says what. */
	showFault?(): void;
	/** A value is another one now, whoever made it so; `controllerId` undefined: the accessory itself. */
	onChanged?(characteristic: Characteristic, value: Value, controllerId: string | undefined): void;
	/** The accessory ends. */
	close?(): void;
}
