import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type * as z from "zod";
import { HttpProblem } from "./problem.ts";

/** Answers of handlers. */

interface AnswerHead {
  readonly status: number;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as JSON. */
export interface Answer<Body extends object> extends AnswerHead {
  readonly body: Body;
}

/** An answer that is sent as it is, with its `content-type` among the headers. */
export interface TextAnswer extends AnswerHead {
  readonly text: string;
}

/** Either. */
export type AnyAnswer = Answer<object> | TextAnswer;

/** The type that the schema of an answer describes: handlers answer nothing else. */
export type AnswerOf<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/**
 * An answer as Lambda hands it on.
 * @throws HttpProblem 400 when it is too large for that
 */
export function toResult(answer: AnyAnswer): APIGatewayProxyStructuredResultV2 {
  const body = "text" in answer ? answer.text : JSON.stringify(answer.body);
  refuseTooLarge(body);
  const headers = { "content-type": "application/json", "cache-control": "no-store", ...answer.headers };
  return { statusCode: answer.status, headers, body };
}

/** Lambda hands on results of 6 MB: the body as a JSON text, with quotes escaped, and some room for the headers. */
const maxAnswerBytes = 6 * 1_048_576 - 16_384;

/** What JSON writes as `\\u001f`; a tab, line ends and quotes take two bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const hasLongEscape = /[\u0000-\u0007\u000b\u000e-\u001f]/;

/** @throws HttpProblem 400 when Lambda would not hand the answer on; that would be a 500 without a reason */
function refuseTooLarge(body: string): void {
  // Nothing but rare control characters takes more than twice its bytes as JSON, and those take six.
  if (body.length * 6 <= maxAnswerBytes) return;
  if (Buffer.byteLength(body) * 2 <= maxAnswerBytes && !hasLongEscape.test(body)) return;
  if (Buffer.byteLength(JSON.stringify(body)) <= maxAnswerBytes) return;
  throw new HttpProblem(
    400,
    "the answer would be larger than 6 MB: ask for fewer days, a longer interval or fewer groups",
  );
}
