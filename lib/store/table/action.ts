import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";

/** The actions of transactions. */

/** How many actions DynamoDB takes in one transaction. */
export const maxActions = 100;

/**
 * How many counters one action adds to, at most: an expression has 4 KB, of which each counter takes up to 13 bytes, and what marks
 * the item some more.
 */
export const maxAdditions = 250;

/** One action of a transaction. */
export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** An action that adds to counters. */
export interface AddAction {
  readonly Update: NonNullable<Action["Update"]>;
}

/** How an expression names a counter and what is added to it. */
function placeholderOf(index: number): { name: string; value: string; addition: string } {
  return { name: `#c${index}`, value: `:c${index}`, addition: `#c${index} :c${index}` };
}

/** Those of the widest action, made once: every write needs some. */
const placeholders = Array.from({ length: maxAdditions }, (_, index) => placeholderOf(index));

/**
 * Adds to the counters of one item, which is made where there is none, and counts the write (`w`).
 * @param counts each counter once
 * @param marks attributes to set beside
 */
export function addAction(
  tableName: string,
  key: object,
  counts: Iterable<readonly [counter: string, amount: bigint]>,
  marks: object,
): AddAction {
  const names: Record<string, string> = { "#w": "w" };
  const values: Record<string, unknown> = { ":one": 1 };
  let additions = "#w :one";
  let index = 0;
  for (const [counter, amount] of counts) {
    const { name, value, addition } = placeholders[index] ?? placeholderOf(index);
    names[name] = counter;
    values[value] = amount;
    additions += `, ${addition}`;
    index += 1;
  }
  const settings = Object.entries(marks).map(([name, value], mark) => {
    names[`#m${mark}`] = name;
    values[`:m${mark}`] = value;
    return `#m${mark} = :m${mark}`;
  });
  return {
    Update: {
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: `ADD ${additions}${settings.length > 0 ? ` SET ${settings.join(", ")}` : ""}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}
