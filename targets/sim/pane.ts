/** The way to the pane and back: messages as JSON, one object each, through mcsim's window. */

/** What the pane sends; any of it may be in a message. */
export interface PaneMessage {
	/** A level on an input. */
	pin?: number;
	level?: 0 | 1;
	/** It has just been opened, and knows nothing. */
	hello?: true;
	/** What is inside now, please. */
	look?: true;
	/** All pairings are to be removed. */
	reset?: true;
}

export interface PaneListener {
	onPaneMessage(message: PaneMessage): void;
}

/** Kept there because modules are read-only once they are in the image. */
interface Listeners {
	paneListeners?: PaneListener[];
}

export function post(message: object): void {
	screen.postMessage(JSON.stringify(message));
}

export function listen(listener: PaneListener): void {
	const holder = screen as SimulatorScreen & Listeners;
	holder.paneListeners = [...holder.paneListeners ?? [], listener];
	screen.onMessage = onMessage;
}

export function unlisten(listener: PaneListener): void {
	const holder = screen as SimulatorScreen & Listeners;
	holder.paneListeners = holder.paneListeners?.filter((other) => other !== listener);
}

function onMessage(this: Listeners, text: string): void {
	const message = JSON.parse(text) as PaneMessage;
	for (const listener of this.paneListeners ?? [])
		listener.onPaneMessage(message);
}
