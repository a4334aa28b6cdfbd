import * as z from "zod";
import { parseJson } from "../import/json.ts";
import { exitCode, ServerError } from "../import/problems.ts";
import { type Retriable, untilAnswered } from "../import/retries.ts";

/** The API as an export reads it: lists, page by page. */

/** A page of a list. */
export interface Page {
  /** Its rows, a line each, ended with a line end; empty where there are none. */
  readonly text: string;
  readonly rows: number;
  /** The day of its last row, where the rows say one. */
  readonly day: string | undefined;
  /** The cursor of the next page; `undefined` after the last one. */
  readonly next: string | undefined;
}

/** Reads pages. */
export interface Client {
  /** One page as lines of JSON. @throws ServerError whose message is for the person */
  json(path: string): Promise<Page>;
  /** One page as CSV, and its header. @throws ServerError whose message is for the person */
  csv(path: string): Promise<Page & { readonly header: string }>;
  /** What a path answers. @throws ServerError whose message is for the person */
  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
}

interface Answer extends Retriable {
  readonly text: string;
  readonly headers: Headers;
}

/** API Gateway answers within 30 seconds; what takes longer got lost. */
const timeoutMilliseconds = 40_000;

const listSchema = z.object({
  items: z.array(z.looseObject({ day: z.string().optional(), date: z.string().optional() })),
  nextCursor: z.string().nullable(),
});

/**
 * Makes a client. Where the server is busy or does not answer, it asks again.
 * @param onRetry hears why and after how many milliseconds
 * @param stop ends the waiting for another try
 */
export function createClient(
  { url, key }: { readonly url: string; readonly key: string },
  onRetry: (why: string, milliseconds: number) => void,
  stop: AbortSignal,
): Client {
  const hear = (outcome: Answer | Error, milliseconds: number) => {
    const isAnswer = !(outcome instanceof Error);
    onRetry(isAnswer ? `the server answers ${outcome.status}` : "the server does not answer", milliseconds);
  };
  const ask = async (path: string, accept: string) => {
    const answer = await untilAnswered(() => request(url, path, { key, accept }), hear, stop);
    if (answer instanceof Error) {
      throw new ServerError("nothing answers: is the server running, and --url right?", exitCode.server, {
        cause: answer,
      });
    }
    if (answer.status !== 200) throw refusal(path, answer);
    return answer;
  };
  const get = async <Shape extends z.ZodType>(path: string, shape: Shape) => {
    const { text } = await ask(path, "application/json");
    const parsed = shape.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ServerError(`${url} is no cx-metrics: GET ${path} answered something else`, exitCode.usage);
  };
  return {
    get,
    async json(path) {
      const { items, nextCursor } = await get(path, listSchema);
      const last = items.at(-1);
      return {
        text: items.map((item) => `${JSON.stringify(item)}\n`).join(""),
        rows: items.length,
        day: last?.day ?? last?.date,
        next: nextCursor ?? undefined,
      };
    },
    async csv(path) {
      const { text, headers } = await ask(path, "text/csv");
      const end = text.indexOf("\r\n") + 2;
      const [header, rows] = [text.slice(0, end), text.slice(end)];
      return {
        ...{ header, text: rows, rows: recordsIn(rows), day: undefined },
        next: headers.get("x-next-cursor") ?? undefined,
      };
    },
  };
}

/** How many records a CSV text has: line ends in quotes end none. */
function recordsIn(text: string): number {
  let [records, isQuoted] = [0, false];
  for (const [sign] of text.matchAll(/"|\r\n/g)) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted) records += 1;
  }
  return records;
}

async function request(
  url: string,
  path: string,
  { key, accept }: { readonly key: string; readonly accept: string },
): Promise<Answer | Error> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${key}`, accept },
      signal,
    });
    const { status, headers } = response;
    return { status, headers, text: await response.text(), retryAfter: headers.get("retry-after") };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const problemSchema = z.object({ title: z.string().optional(), detail: z.string().optional() });

function refusal(path: string, { status, text }: Answer): ServerError {
  const [route] = path.split("?");
  if (status === 401) {
    return new ServerError("the server does not know the key (401): see --key or API_KEY", exitCode.usage);
  }
  if (status === 403) return new ServerError("the key may not read (403)", exitCode.usage);
  const { title, detail } = problemSchema.catch({}).parse(parseJson(text));
  const said = detail ?? title ?? "the server is busy, or far away";
  return new ServerError(`GET ${route} was answered with ${status}: ${said}`, exitCode.server);
}
