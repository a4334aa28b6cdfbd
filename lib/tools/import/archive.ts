import * as z from "zod";
import { parseJson } from "./json.ts";
import { exact } from "./summary.ts";

/** API Gateway answers within 30 seconds. */
const timeoutMilliseconds = 40_000;

const byItself = "The next hourly run archives the closed days";

const answerSchema = z.object({ days: z.number(), from: z.string().nullable(), to: z.string().nullable() });

const why: Readonly<Record<number, string>> = {
  403: "this key may not ask for it now",
  404: "there is no archive",
};

/**
 * Asks the server to archive closed days now (`POST /v1/archive`): an import has succeeded by then, so that no failure
 * of it is one of the import.
 * @param url the API's base URL, without a slash at the end
 * @returns a sentence on what comes of it
 */
export async function askForArchive(url: string, key: string): Promise<string> {
  try {
    const response = await fetch(`${url}/v1/archive`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    if (response.status !== 202)
      return `${byItself}: ${why[response.status] ?? `the server answered ${response.status}`}.`;
    const { days, from, to } = answerSchema.parse(parseJson(text));
    if (days === 0) return "No closed days wait to be archived.";
    const range = from === null || to === null ? "" : ` (${from} to ${to})`;
    return `Archiving ${exact(days)} closed days${range} in the background: GET /v1/archive says how far it has come.`;
  } catch {
    return `${byItself}: the server did not answer.`;
  }
}
