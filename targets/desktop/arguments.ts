/** As npm start passes them, in this order; an empty text is an option that was not given. */
export const enum Argument {
	Port,
	Host,
	State,
	Code,
	Name,
	Discovery,
	PowerOn,
	/** "plain", "color" or "json". */
	Look,
	/** Of the terminal. */
	Columns,
	/** Port of the status page. */
	Status,
}
