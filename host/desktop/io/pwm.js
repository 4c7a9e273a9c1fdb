import { print } from "host:process";
import { VirtualPWM } from "target/virtual-pwm";

class PWM extends VirtualPWM {
	print(line) {
		print(line);
	}
}

export default Object.freeze(PWM, true);
