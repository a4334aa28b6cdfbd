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

/** The outcome of asking. */
export interface ArchiveAnswer {
  readonly isAsked: boolean;
  /** A sentence on what comes of it. */
  readonly message: string;
}

/**
 * Asks the server to archive closed days now (`POST /v1/archive`): an import has succeeded by then, so that no failure
 * of it is one of the import.
 * @param url the API's base URL, without a slash at the end
 */
export async function askForArchive(url: string, key: string): Promise<ArchiveAnswer> {
  try {
    const response = await fetch(`${url}/v1/archive`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await response.text();
    if (response.status !== 202)
      return refused(why[response.status] ?? `the server answered ${response.status}`);
    const { days, from, to } = answerSchema.parse(parseJson(text));
    if (days === 0) return { isAsked: true, message: "No closed days wait to be archived." };
    const range = from === null || to === null ? "" : ` (${from} to ${to})`;
    const message = `Archiving ${exact(days)} closed days${range} in the background: GET /v1/archive says how far it has come.`;
    return { isAsked: true, message };
  } catch {
    return refused("the server did not answer");
  }
}

function refused(reason: string): ArchiveAnswer {
  return { isAsked: false, message: `${byItself}: ${reason}.` };
}
