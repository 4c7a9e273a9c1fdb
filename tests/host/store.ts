/** Writes a record in the folder that is the first argument: 100 bytes of 1, then of 2 for as long as it lives. */

import KeyValue from "embedded:storage/key-value";
import { argumentText, print, watchKeys } from "host:process";

export default function main(): void {
	const store = KeyValue.open({ path: argumentText(0) ?? "", format: "buffer" });
	let value = 1;
	const write = () => store.write("record", new Uint8Array(100).fill(value));
	write();
	watchKeys(() => {
		value++;
		try {
			write();
			print("written");
		}
		catch (error) {
			print(String(error));
		}
	});
	print("ready");
}
