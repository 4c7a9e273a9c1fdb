/** What reading and writing characteristics needs of the session that asks. */

export interface ModelSession {
	hasEventNotifications(aid: number, iid: number): boolean;
	enableEventNotifications(aid: number, iid: number): void;
	disableEventNotifications(aid: number, iid: number): void;
}
