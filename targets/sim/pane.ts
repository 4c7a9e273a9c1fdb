/** The pane's side of the case: messages as JSON, one object each, through mcsim's window. */

import screen from "screen";

/** What the pane sends. */
export interface PaneMessage {
	/** A level on an input. */
	pin?: number;
	level?: 0 | 1;
	/** The pane has just been opened: it knows nothing. */
	hello?: true;
	/** What is inside now, please. */
	look?: true;
	/** All pairings are removed. */
	reset?: true;
}

export interface PaneListener {
	onPaneMessage(message: PaneMessage): void;
}

/** Kept where it may change: modules are read-only once they are in the image. */
interface Listening {
	paneListeners?: PaneListener[];
}

const holder = screen as typeof screen & Listening;

export function post(message: object): void {
	screen.postMessage(JSON.stringify(message));
}

export function listen(listener: PaneListener): void {
	holder.paneListeners ??= [];
	holder.paneListeners.push(listener);
	screen.onMessage = onMessage;
}

export function unlisten(listener: PaneListener): void {
	holder.paneListeners = holder.paneListeners?.filter((other) => other !== listener);
}

function onMessage(message: string): void {
	const parsed = JSON.parse(message) as PaneMessage;
	for (const listener of holder.paneListeners ?? [])
		listener.onPaneMessage(parsed);
}
