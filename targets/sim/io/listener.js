import TCP from "embedded:io/socket/tcp";

class Listener @ "xs_sim_listener_destructor" {
	constructor(options) @ "xs_sim_listener_constructor"
	close() @ "xs_sim_listener_close"
	readInto(connection) @ "xs_sim_listener_read"
	read() {
		return this.readInto(new TCP());
	}
	get port() @ "xs_sim_listener_get_port"
	get address() @ "xs_sim_listener_get_address"
	get format() {
		return "socket/tcp";
	}
}

export default Listener;
