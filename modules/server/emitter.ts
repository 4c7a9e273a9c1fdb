/** Events by name, without cost while nobody listens. */

type Listeners = { [name: string]: ((...parameters: never[]) => void)[]; };

/** `Events` gives each event's listener. */
export class Emitter<Events extends { [Name in keyof Events]: (...parameters: never[]) => void; }> {
	/** None while nobody listens. */
	protected listeners: Listeners | undefined;

	on<Name extends keyof Events & string>(name: Name, listener: Events[Name]): this {
		const listeners = this.listeners ?? {};
		this.listeners = listeners;
		const list = listeners[name] ?? [];
		listeners[name] = list;
		list.push(listener);
		return this;
	}

	off<Name extends keyof Events & string>(name: Name, listener: Events[Name]): this {
		const list = this.listeners?.[name];
		const at = list ? list.indexOf(listener) : -1;
		if (list && at >= 0)
			list.splice(at, 1);
		return this;
	}

	/** Answers whether anybody listened. */
	protected emit<Name extends keyof Events & string>(name: Name, ...parameters: Parameters<Events[Name]>): boolean {
		const list = this.listeners?.[name];
		if (!list || list.length === 0)
			return false;
		for (const listener of [...list])
			listener(...parameters);
		return true;
	}
}
