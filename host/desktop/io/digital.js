class Digital @ "xs_digital_destructor" {
	constructor(options) @ "xs_digital_constructor"
	close() @ "xs_digital_close"
	read() @ "xs_digital_read"
	write(value) @ "xs_digital_write"
	get format() {
		return "number";
	}
}
Digital.Input = 0;
Digital.InputPullUp = 1;
Digital.InputPullDown = 2;
Digital.InputPullUpDown = 3;
Digital.Output = 8;
Digital.OutputOpenDrain = 9;
Digital.Rising = 1;
Digital.Falling = 2;

export default Digital;
