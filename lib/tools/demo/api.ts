import * as z from "zod";
import { parseJson } from "../import/json.ts";
import { exitCode, ServerError } from "../import/problems.ts";
import { type Retriable, untilAnswered } from "../import/retries.ts";

/** The API as the demo uses it beside sending facts. */
export interface Api {
  /** @throws ServerError whose message is for the person */
  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
  /** @throws ServerError whose message is for the person */
  send<Shape extends z.ZodType>(
    method: "PATCH" | "POST" | "PUT",
    path: string,
    body: object,
    shape: Shape,
  ): Promise<z.output<Shape>>;
}

const timeoutMilliseconds = 40_000;

/**
 * Makes a client of the API. What it asks can all be asked twice: where the server is busy it asks again.
 * @param stop ends the waiting for another try
 */
export function createApi(url: string, key: string, stop: AbortSignal): Api {
  const call = async <Shape extends z.ZodType>(
    method: string,
    path: string,
    body: object | undefined,
    shape: Shape,
  ) => {
    const init = {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const { status, text } = await untilAnswered(
      () => request(url, path, init),
      () => {},
      stop,
    );
    if (status !== 200 && status !== 201) throw refusal(method, path, status, text);
    const parsed = shape.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ServerError(
      `${url} is no cx-metrics: ${method} ${path} answered something else`,
      exitCode.usage,
    );
  };
  return {
    get: (path, shape) => call("GET", path, undefined, shape),
    send: (method, path, body, shape) => call(method, path, body, shape),
  };
}

interface Answer extends Retriable {
  readonly text: string;
}

async function request(url: string, path: string, init: RequestInit): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const response = await fetch(`${url}${path}`, { ...init, signal });
    const text = await response.text();
    return { status: response.status, text, retryAfter: response.headers.get("retry-after") };
  } catch (error) {
    if (signal.aborted) return { status: 504, text: "", retryAfter: null };
    throw new ServerError(
      `nothing answers at ${url}: run \`npm start\` in another terminal first, or say with --url where it is`,
      exitCode.server,
      { cause: error },
    );
  }
}

const problemSchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

function refusal(method: string, path: string, status: number, text: string): ServerError {
  if (status === 401) {
    return new ServerError(`the server does not know the key (401): see --key or API_KEY`, exitCode.usage);
  }
  if (status === 403) {
    return new ServerError(`the key may not do this (403): the demo needs an admin key`, exitCode.usage);
  }
  const { title, detail, errors = [] } = problemSchema.catch({}).parse(parseJson(text));
  const said = [
    detail ?? title ?? "the server is busy, or far away",
    ...errors.map((error) => `${error.pointer} ${error.detail}`),
  ];
  return new ServerError(
    `${method} ${path} was answered with ${status}: ${said.filter(Boolean).join("; ")}`,
    exitCode.server,
  );
}
