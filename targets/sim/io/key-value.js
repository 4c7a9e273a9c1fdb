class Storage @ "xs_sim_storage_destructor" {
	constructor(options) @ "xs_sim_storage_constructor"
	close() @ "xs_sim_storage_close"
	read(key) @ "xs_sim_storage_read"
	write(key, value) @ "xs_sim_storage_write"
	delete(key) @ "xs_sim_storage_delete"
	get format() {
		return "buffer";
	}
}

export default Object.freeze({
	open(options) {
		return new Storage(options);
	},
}, true);
