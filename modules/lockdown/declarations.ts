/**
 * What an image's linker loads last, which it does with this folder: what declares accessories has run, and is not for the chip. Only
 * images have it. A project that declares when it runs leaves it out: docs/porting.md.
 */

import { leaveFlash as leaveDeclare } from "hap/accessory/declare";
import { leaveFlash as leaveDefine } from "hap/model/define";
import { leaveFlash as leaveChecks } from "hap/model/definition-checks";
import { leaveFlash as leaveRows } from "hap/model/rows";

/** A variable that holds a function is a constant to the linker: it takes no memory. */
function gone(): never {
	throw new Error("accessories are declared while the image is linked: preload the module that declares them");
}

const MOST_OF_A_MODULE = 8;

for (const leaveFlash of [leaveDeclare, leaveDefine, leaveChecks, leaveRows])
	leaveFlash(new Array(MOST_OF_A_MODULE).fill(gone));
