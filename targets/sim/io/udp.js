class UDP @ "xs_sim_udp_destructor" {
	constructor(options) @ "xs_sim_udp_constructor"
	close() @ "xs_sim_udp_close"
	read() @ "xs_sim_udp_read"
	write(bytes, address, port) @ "xs_sim_udp_write"
	add(group, address) @ "xs_sim_udp_add"
	remove(group, address) @ "xs_sim_udp_remove"
	get format() {
		return "buffer";
	}
}

export default UDP;
