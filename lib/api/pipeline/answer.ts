import type * as z from "zod";

/** What handlers answer. */

interface AnswerHead {
  readonly status: number;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as JSON. */
export interface Answer<Body extends object = object> extends AnswerHead {
  readonly body: Body;
}

/** An answer that is sent as it is, with its `content-type` among the headers. */
export interface TextAnswer extends AnswerHead {
  readonly text: string;
}

/** Either. */
export type AnyAnswer = Answer | TextAnswer;

/** What the schema that documents an answer says it is: handlers answer nothing else. */
export type AnswerOf<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
