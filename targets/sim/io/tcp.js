class TCP @ "xs_sim_tcp_destructor" {
	constructor(options) @ "xs_sim_tcp_constructor"
	close() @ "xs_sim_tcp_close"
	read(target) @ "xs_sim_tcp_read"
	write(bytes) @ "xs_sim_tcp_write"
	get remoteAddress() @ "xs_sim_tcp_get_remoteAddress"
	get remotePort() @ "xs_sim_tcp_get_remotePort"
	get localAddress() @ "xs_sim_tcp_get_localAddress"
	get format() {
		return "buffer";
	}
}

export default TCP;
