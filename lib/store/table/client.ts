import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ReadBudget } from "./budget.ts";
import { addUnitMeter, type Units } from "./units.ts";

/** A client with the table that it works on: what every function of the store takes first. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  /** The budget of reads; absent where nothing limits them. */
  readonly budget?: ReadBudget;
  /** The use of it for the request so far; absent where nobody measures. */
  readonly usedUnits?: Readonly<Units>;
  /** Whether reads may miss what was written a moment ago, and cost half: of the page that shows everything, for example. */
  readonly isEventual?: boolean;
}

/** A setting from the environment. @throws Error that names the variable, when it is not set. */
export function requireVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/**
 * Wraps a low-level client. Numbers come back as `number` where that is exact and as `bigint` beyond: sums of squared
 * amounts pass 2^53, and one engine answers `3` where another answers `3.00`.
 */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  // It makes a copy of every request and answer for a log that nobody keeps.
  client.middlewareStack.remove("loggerMiddleware");
  addUnitMeter(client);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: parseNumber as never },
  });
}

/** A DynamoDB number as `number`, or as `bigint` where a number would not be exact. */
export function parseNumber(text: string): number | bigint {
  const number = Number(text);
  if (Number.isSafeInteger(number) || !Number.isInteger(number)) return number;
  const [digits = "", exponent] = text.toLowerCase().replace("+", "").split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  const shift = Number(exponent ?? 0);
  return BigInt(whole + fraction.padEnd(shift, "0").slice(0, shift));
}

/** How long a try of a call may take: until there is a connection, and until there is an answer. */
interface Patience {
  readonly connectMilliseconds: number;
  readonly answerMilliseconds: number;
}

function openTable({ connectMilliseconds, answerMilliseconds }: Patience): Table {
  const client = new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: connectMilliseconds,
      requestTimeout: answerMilliseconds,
      throwOnRequestTimeout: true,
    },
  });
  return { client: documentClient(client), name: requireVariable("TABLE_NAME") };
}

let shared: Table | undefined;

/** The table of this process, made once: from `TABLE_NAME` and the SDK's own settings. */
export function defaultTable(): Table {
  shared ??= openTable({ connectMilliseconds: 1_000, answerMilliseconds: 3_000 });
  return shared;
}

let sharedInHaste: Table | undefined;

/** The same table for a function that has five seconds: both tries of a call take little more than three. */
export function tableInHaste(): Table {
  sharedInHaste ??= openTable({ connectMilliseconds: 750, answerMilliseconds: 1_500 });
  return sharedInHaste;
}
