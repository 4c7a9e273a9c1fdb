/** Memory that strangers' bytes may take, shared by all connections: a request that finds none left is refused. */

export class ByteBudget {
	left: number;

	constructor(bytes: number) {
		this.left = bytes;
	}

	/** False: there is not that much. */
	take(bytes: number): boolean {
		if (bytes > this.left)
			return false;
		this.left -= bytes;
		return true;
	}

	give(bytes: number): void {
		this.left += bytes;
	}
}
