import { createHash } from "node:crypto";

/** The script of the pages: they work without it. */

/** Put in where the function is bundled, from `lib/pages/script`; absent where it runs unbundled. */
declare const PAGE_SCRIPT: string | undefined;

/** The script. */
export const script = typeof PAGE_SCRIPT === "string" ? PAGE_SCRIPT : "";

const hash = createHash("sha256").update(script).digest("hex").slice(0, 16);

/** Where it is: another address for every version, so that browsers can keep it. */
export const scriptAddress = `/script.js?v=${hash}`;
