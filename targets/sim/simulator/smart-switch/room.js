/** The room: a lamp that the relay switches, the switch on the wall with its light and its button. */

const base = import.meta.uri;
const PRESS_MS = 80; // a click of a mouse may be shorter than the firmware's debouncing
const HOLD_MS = 10500;

const pictures = {
	room: { texture: { base, path: "room.png" }, x: 0, y: 0, width: 320, height: 400, variants: 320 },
	led: { texture: { base, path: "led.png" }, x: 0, y: 0, width: 40, height: 40, variants: 40 },
	button: { texture: { base, path: "button.png" }, x: 0, y: 0, width: 100, height: 100, variants: 100 },
};

/** Shows the level of an output. */
class OutputBehavior extends Behavior {
	onCreate(content, { role }) {
		this.role = role;
	}
	onLevel(content, role, level) {
		if (role === this.role)
			content.variant = level;
	}
}

/** Follows the mouse, the space bar, and the controls that press and hold. */
class ButtonBehavior extends Behavior {
	onTouchBegan(content) {
		this.press(content);
	}
	onTouchEnded(content) {
		this.release(content);
	}
	onTouchCancelled(content) {
		this.release(content);
	}
	onFinished(content) {
		content.stop();
		this.isPressed = false;
		this.show(content, 1);
	}
	onPress(content) {
		this.press(content);
	}
	onRelease(content) {
		this.release(content);
	}
	onHold(content) {
		this.press(content);
		this.letGoAfter(content, HOLD_MS);
	}
	press(content) {
		if (this.isPressed)
			return;
		this.isPressed = true;
		this.since = Date.now();
		content.stop();
		this.show(content, 0);
	}
	release(content) {
		if (this.isPressed)
			this.letGoAfter(content, Math.max(1, PRESS_MS - (Date.now() - this.since)));
	}
	letGoAfter(content, duration) {
		content.duration = duration;
		content.time = 0;
		content.start();
	}
	/** The pin is pulled up: pressed is low. */
	show(content, level) {
		content.variant = 1 - level;
		content.bubble("onButtonLevel", level);
	}
}

export const Room = Container.template(($) => ({
	width: 320,
	height: 400,
	contents: [
		Content({ role: "relay" }, { left: 0, top: 0, skin: pictures.room, Behavior: OutputBehavior }),
		Content({ role: "led" }, { left: 140, top: 222, skin: pictures.led, Behavior: OutputBehavior }),
		Content($, { left: 110, top: 250, skin: pictures.button, active: true, Behavior: ButtonBehavior }),
	],
}));
