/** What a request to the model is answered with. */

export interface ModelAnswer {
	/** 200, 204 or 207. */
	readonly httpStatus: number;
	/** In pieces where it may be long. */
	readonly body?: string | Iterator<string>;
}
