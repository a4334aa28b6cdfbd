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

/**
 * Adds to the counters of one item, which is made where there is none, and counts the write (`w`).
 * @param marks attributes to set beside
 */
export function addAction(
  tableName: string,
  key: object,
  counts: ReadonlyMap<string, bigint>,
  marks: object,
): AddAction {
  const names: Record<string, string> = { "#w": "w" };
  const values: Record<string, unknown> = { ":one": 1 };
  const additions = ["#w :one"];
  for (const [index, [counter, amount]] of [...counts].entries()) {
    names[`#c${index}`] = counter;
    values[`:c${index}`] = amount;
    additions.push(`#c${index} :c${index}`);
  }
  const settings = Object.entries(marks).map(([name, value], index) => {
    names[`#m${index}`] = name;
    values[`:m${index}`] = value;
    return `#m${index} = :m${index}`;
  });
  return {
    Update: {
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: `ADD ${additions.join(", ")}${settings.length > 0 ? ` SET ${settings.join(", ")}` : ""}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}
