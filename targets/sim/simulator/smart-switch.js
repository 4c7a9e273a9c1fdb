import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";
import { ControlsColumn } from "ControlsPane";

class SwitchBehavior extends DeviceBehavior {
	onConfigure(container) {
		this.postJSON(container, { hello: true });
	}
	onJSON(container, json) {
	}
}

export default {
	applicationName: ".*",
	title: "hap-xs smart switch",
	ControlsTemplate: ControlsColumn.template(() => ({ contents: [] })),
	DeviceTemplates: {
		0: DeviceContainer.template(($) => ({
			Behavior: SwitchBehavior,
			contents: [DeviceScreen($, { left: 0, top: 0, width: 4, height: 4, rotation: 0 })],
		})),
	},
};
