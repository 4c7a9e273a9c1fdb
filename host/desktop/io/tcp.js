class TCP @ "xs_tcp_destructor" {
	constructor(options) @ "xs_tcp_constructor"
	close() @ "xs_tcp_close"
	read(target) @ "xs_tcp_read"
	write(bytes) @ "xs_tcp_write"
	get remoteAddress() @ "xs_tcp_get_remoteAddress"
	get remotePort() @ "xs_tcp_get_remotePort"
	get localAddress() @ "xs_tcp_get_localAddress"
	get format() {
		return "buffer";
	}
}

export default TCP;
