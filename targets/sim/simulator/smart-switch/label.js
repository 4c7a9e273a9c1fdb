/** The label on the case: the setup code, as figures and as a QR code, and who the accessory is. */

const QUIET = 4; // modules around the code, ISO/IEC 18004
const CARD = 174; // six for each module of the smallest code

const card = new Skin({ fill: "#ffffff", stroke: "#c8ccd4" });
const title = new Style({ font: "semibold 14px", color: "#20242c", horizontal: "left" });
const code = new Style({ font: "bold 21px", color: "#20242c", horizontal: "left" });
const small = new Style({ font: "11px", color: "#5a6270", horizontal: "left" });
const alarm = new Style({ font: "semibold 13px", color: "#c03020", horizontal: "left" });

class CodeBehavior extends Behavior {
	onLabel(port, { qr }) {
		this.rows = qr;
		port.invalidate();
	}
	onDraw(port) {
		const { rows } = this;
		const { width } = port;
		if (!rows)
			return;
		const module = Math.floor(width / (rows.length + 2 * QUIET));
		const margin = (width - rows.length * module) >> 1;
		rows.forEach((row, j) => {
			for (let i = row.indexOf("1"); i >= 0; i = row.indexOf("1", i + 1))
				port.fillColor("#000000", margin + i * module, margin + j * module, module, module);
		});
	}
}

/** A line of the label: `line` makes its text. */
class LineBehavior extends Behavior {
	onCreate(label, { line }) {
		this.line = line;
	}
	onLabel(label, values) {
		label.string = this.line(values);
	}
}

/** The firmware does not start: why. */
class FailureBehavior extends Behavior {
	onFailure(text, failure) {
		text.string = failure;
	}
}

function Line(style, height, line) {
	return Label({ line }, { left: 0, right: 8, height, style, Behavior: LineBehavior });
}

export const CaseLabel = Container.template(($) => ({
	left: 10,
	right: 10,
	top: 10,
	height: CARD + 66,
	contents: [
		RoundContent($, { left: 0, right: 0, top: 0, bottom: 0, radius: 10, border: 1, skin: card }),
		Port($, { left: 4, top: 34, width: CARD, height: CARD, Behavior: CodeBehavior }),
		Column($, {
			left: 16,
			right: 0,
			top: 10,
			contents: [Line(title, 26, ({ name }) => name)],
		}),
		Column($, {
			left: CARD,
			right: 0,
			top: 50,
			contents: [
				Line(small, 16, () => "HomeKit setup code"),
				Line(code, 34, ({ setupCode }) => setupCode),
				Line(small, 20, () => "device id"),
				Line(small, 16, ({ deviceId }) => deviceId),
				Line(small, 26, ({ port }) => `TCP port ${port}`),
				Line(small, 16, ({ crypto }) => `crypto ${crypto}`),
			],
		}),
		Text($, { left: 16, right: 16, top: 16, style: alarm, Behavior: FailureBehavior }),
		Container($, { left: 16, right: 10, bottom: 8, height: 20, contents: [Line(small, 20, ({ setupPayload }) => setupPayload)] }),
	],
}));
