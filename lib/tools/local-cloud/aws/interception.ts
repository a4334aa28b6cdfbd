/** A call of a function to DynamoDB, SQS, S3, SNS or EventBridge on its way through the gateway. */
export interface ServiceCall {
  readonly service: "dynamodb" | "sqs" | "s3" | "events" | "sns";
  /** For example `TransactWriteItems`, `SendMessage` or `PutObject`. */
  readonly action: string;
  /** The short name of the calling function; undefined for calls of anyone else. */
  readonly functionName: string | undefined;
  /** The request as text. */
  text(): string;
  /** The request, parsed; of a call to S3 its bucket, its key and its parameters, of one to SNS its fields. */
  json(): unknown;
}

/** The interceptor's decision on a call. */
export type Verdict =
  | "pass"
  /** The connection breaks before the service hears of the call. */
  | "drop-request"
  /** The service does its work, and the connection breaks before the caller hears of it. */
  | "drop-answer"
  /** The service does its work, and the connection breaks in the middle of its answer. */
  | "cut-answer"
  /** The gateway answers in the service's place. */
  | { readonly answer: ServiceAnswer }
  /** The call goes on after this time. */
  | { readonly delayMilliseconds: number };

/** An answer in the JSON protocol of DynamoDB and SQS. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: object;
}

/** An answer of S3 or SNS. */
export interface XmlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** Looks at each call before it goes on: for tests that inject faults and for checks of permissions. */
export type Intercept = (call: ServiceCall) => Verdict | Promise<Verdict>;

/** The capacity that one call to DynamoDB consumed. */
export interface CapacityUse {
  readonly functionName: string | undefined;
  readonly action: string;
  /** Request units, summed over tables and indexes. */
  readonly units: number;
  readonly kind: "read" | "write";
  /** The request, parsed. */
  request(): unknown;
}

/** Hears of each successful DynamoDB call's consumption. */
export type CapacityListener = (use: CapacityUse) => void;

/**
 * An error as DynamoDB answers it, to be given as an `answer`.
 * @param type for example `ProvisionedThroughputExceededException`
 */
export function dynamoDbError(type: string, message: string, details: object = {}): ServiceAnswer {
  const status = type === "InternalServerError" ? 500 : type === "ServiceUnavailable" ? 503 : 400;
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...details } };
}
