/** The pane that mcsim shows for this accessory: its messages are those of targets/sim/pane.ts and case.ts. */

import { ControlsColumn } from "ControlsPane";
import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";
import { Inside, insideRows } from "./smart-switch/inside.js";
import { CaseLabel } from "./smart-switch/label.js";
import { Room } from "./smart-switch/room.js";

const LOOK_MS = 2000;
const SPACE = " ";
/** mcsim wants a display where this device has none: one black pixel on the lamp's cord. */
const SCREEN = { left: 159, top: 20, width: 1, height: 1, rotation: 0 };

class SwitchBehavior extends DeviceBehavior {
	onConfigure(container) {
		this.postJSON(container, { hello: true });
		container.interval = LOOK_MS;
		container.start();
	}
	onTimeChanged(container) {
		this.postJSON(container, { look: true });
	}
	/** Not to mcsim's own log, where a look every two seconds would hide the rest. */
	postJSON(container, json) {
		this.postMessage(container, JSON.stringify(json));
	}
	onMessage(container, message) {
		this.onJSON(container, JSON.parse(message));
	}
	onJSON(container, { pins, label, failure, pin, level, inside, log }) {
		if (pins)
			this.pins = pins;
		if (label)
			application.distribute("onLabel", label);
		if (failure)
			application.distribute("onFailure", failure);
		if (inside)
			this.showInside(inside);
		if (log !== undefined)
			application.distribute("onLog", log);
		if (pin !== undefined)
			this.onOutput(container, pin, level);
	}
	showInside(inside) {
		const rows = insideRows(inside);
		for (const name in rows) {
			if (this[name])
				this[name].string = rows[name];
		}
		application.distribute("onInside", inside);
	}
	/** Levels that come before the pins are known come again: the firmware tells everything at hello. */
	onOutput(container, pin, level) {
		for (const role in this.pins) {
			if (this.pins[role] === pin)
				container.distribute("onLevel", role, level);
		}
	}
	onButtonLevel(container, level) {
		if (this.pins)
			this.postJSON(container, { pin: this.pins.button, level });
	}

	/* Keys and controls */

	onKeyDown(container, key) {
		if (key === SPACE)
			container.distribute("onPress");
	}
	onKeyUp(container, key) {
		if (key === SPACE)
			container.distribute("onRelease");
	}
	onButtonDown(container) {
		container.distribute("onPress");
	}
	onButtonUp(container) {
		container.distribute("onRelease");
	}
	onButtonHold(container) {
		container.distribute("onHold");
	}
	onReset(container) {
		this.postJSON(container, { reset: true });
	}
}

export default {
	applicationName: ".*",
	title: "hap-xs smart switch",
	ControlsTemplate: ControlsColumn.template(($) => ({
		contents: [CaseLabel($), Content($, { height: 6 }), Inside($)],
	})),
	DeviceTemplates: {
		0: DeviceContainer.template(($) => ({
			Behavior: SwitchBehavior,
			width: 320,
			height: 400,
			contents: [Room($), DeviceScreen($, SCREEN)],
		})),
	},
};
