/**
 * Sets of the records that a service has. RFC 6763 section 4.1, RFC 6762 sections 6.1 and 10.
 *
 * A set is a number, one bit a kind; all addresses of one family go together, because they are flushed together.
 */

export const enum Bits {
	None = 0,
	/** _services._dns-sd._udp.local PTR _hap._tcp.local */
	Enumeration = 1,
	/** _hap._tcp.local PTR instance */
	Pointer = 2,
	Service = 4,
	Text = 8,
	Address4 = 16,
	Address6 = 32,
	/** NSEC of the instance's name, which has TXT and SRV only. */
	InstanceTypes = 64,
	/** NSEC of the host's name. */
	HostTypes = 128,
	/** A record under our name that differs from ours. */
	InstanceConflict = 256,
	HostConflict = 512,

	Shared = Enumeration | Pointer,
	Addresses = Address4 | Address6,
	/** What is announced. */
	All = Shared | Service | Text | Addresses,
	/** What leaves with us. Others have the same Enumeration record. */
	Goodbye = Pointer | Service | Text | Addresses,
	Conflict = InstanceConflict | HostConflict,
}

export const KINDS = 8;

/** RFC 6762 section 10: two minutes for what depends on the host, 75 minutes for the rest. */
export const HOST_TTL = 120;
export const OTHER_TTL = 4500;

/** In seconds, of one kind. */
export function ttlOf(kind: number): number {
	return kind & (Bits.Service | Bits.Addresses | Bits.HostTypes) ? HOST_TTL : OTHER_TTL;
}
