/** tweetnacl as a module: its file is CommonJS, or a browser's script. */

import "tweetnacl/self";
import "tweetnacl/nacl-fast";

const { nacl } = globalThis.self;
delete globalThis.self;

export default Object.freeze(nacl, true);
