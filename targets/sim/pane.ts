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

/** As if the pane had sent it. */
export function deliver(message: PaneMessage): void {
	const holder = screen as SimulatorScreen & Listeners;
	for (const listener of holder.paneListeners ?? [])
		listener.onPaneMessage(message);
}

function onMessage(text: string): void {
	deliver(JSON.parse(text) as PaneMessage);
}
