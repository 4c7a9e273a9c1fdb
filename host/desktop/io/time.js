import { now } from "host:process";

export default Object.freeze({
	get ticks() {
		return now();
	},
	delta(start, end) {
		return (end ?? now()) - start;
	},
}, true);
