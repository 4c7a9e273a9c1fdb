/** What tweetnacl hangs itself on where there is no CommonJS. */

globalThis.self = {};
