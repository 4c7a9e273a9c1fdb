class Timer {
	static set(callback, interval, repeat) @ "xs_timer_set"
	static repeat(callback, interval) {
		return Timer.set(callback, interval, interval);
	}
	static schedule(timer, interval, repeat) @ "xs_timer_schedule"
	static clear(timer) @ "xs_timer_clear"
}

export default Timer;
