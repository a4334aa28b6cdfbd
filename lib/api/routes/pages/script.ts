import { script } from "../../../pages/script-text.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";

/** `GET /script.js`: what makes pages quicker. Its address names its version, so that it is loaded once. */
export async function showScript(): Promise<TextAnswer> {
  return {
    status: 200,
    text: script,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    },
  };
}
