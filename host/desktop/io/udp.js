class UDP @ "xs_udp_destructor" {
	constructor(options) @ "xs_udp_constructor"
	close() @ "xs_udp_close"
	read() @ "xs_udp_read"
	write(bytes, address, port) @ "xs_udp_write"
	add(group, address) @ "xs_udp_add"
	remove(group, address) @ "xs_udp_remove"
	get format() {
		return "buffer";
	}
}

export default UDP;
