export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** { median, min, max, count } of numbers, undefined when there are none. */
export function summary(values) {
	const known = values.filter((value) => value !== undefined);
	if (known.length === 0)
		return undefined;
	return { median: median(known), min: Math.min(...known), max: Math.max(...known), count: known.length };
}
