class Storage @ "xs_storage_destructor" {
	constructor(options) @ "xs_storage_constructor"
	close() @ "xs_storage_close"
	read(key) @ "xs_storage_read"
	write(key, value) @ "xs_storage_write"
	delete(key) @ "xs_storage_delete"
	get format() {
		return "buffer";
	}
}

export default Object.freeze({
	open(options) {
		return new Storage(options);
	},
}, true);
