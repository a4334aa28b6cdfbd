import type { FieldError } from "../../domain/facts/field-error.ts";

/** Errors as RFC 9457 `application/problem+json`. */

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Body too large",
  415: "Unsupported media type",
  422: "Invalid content",
  429: "Too many requests",
  500: "Internal error",
  503: "Temporarily unavailable",
};

/** The body of an error answer. */
export interface Problem {
  /** Identifies the kind of problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

/** An error that a client gets told. Its detail must not quote bodies, comments, keys or customer ids. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    {
      errors,
      headers = {},
    }: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  /** The body of the answer. */
  toBody(requestId: string): Problem {
    return {
      type: "about:blank",
      title: titles[this.status] ?? "Error",
      status: this.status,
      detail: this.message,
      requestId,
      ...(this.errors ? { errors: this.errors } : {}),
    };
  }
}

/** The refusal of a request whose parameters are wrong: the pointers of the errors name them. */
export function invalidParameters(errors: readonly FieldError[]): HttpProblem {
  return new HttpProblem(400, "the parameters are invalid", { errors });
}

/** The refusal of one parameter. */
export function invalidParameter(name: string, detail: string): HttpProblem {
  return invalidParameters([{ pointer: `/${name}`, detail }]);
}

/** The refusal of a body with fields that are wrong. */
export function invalidBody(errors: readonly FieldError[]): HttpProblem {
  return new HttpProblem(422, "the body is invalid", { errors });
}

/** The refusal of one field of a body. */
export function invalidField(name: string, detail: string): HttpProblem {
  return invalidBody([{ pointer: `/${name}`, detail }]);
}
