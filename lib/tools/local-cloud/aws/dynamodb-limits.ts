import * as z from "zod";

/** Sizes that DynamoDB takes and the embedded engine does not look at (developer guide, "Quotas"; "Item sizes and formats"). */

export const maxExpressionBytes = 4_096;

/** Bytes of one item, names included. */
export const maxItemBytes = 400 * 1_024;

/** Bytes of all items of a transaction. */
export const maxTransactionBytes = 4 * 1_024 * 1_024;

const expressions = [
  "UpdateExpression",
  "ConditionExpression",
  "KeyConditionExpression",
  "FilterExpression",
  "ProjectionExpression",
] as const;

const itemsSchema = z.looseObject({
  Item: z.record(z.string(), z.unknown()).optional(),
  Key: z.record(z.string(), z.unknown()).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
});

/** One action: a request of its own, or one of a transaction. */
type ActionInput = Readonly<Record<string, unknown>>;

/** The error of actions that are too large to be written together; `undefined` where they are not. */
export function problemOfSizes(actions: readonly ActionInput[]): string | undefined {
  for (const action of actions) {
    for (const name of expressions) {
      const bytes = Buffer.byteLength(String(action[name] ?? ""));
      if (bytes > maxExpressionBytes) {
        return `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${bytes}`;
      }
    }
  }
  let sum = 0;
  for (const action of actions) {
    const { Item: item, Key: key = {}, ExpressionAttributeValues: values = {} } = itemsSchema.parse(action);
    const bytes = item ? itemBytes(item) : itemBytes(key) + itemBytes(values);
    if (item && bytes > maxItemBytes) return "Item size has exceeded the maximum allowed size";
    sum += bytes;
  }
  return sum > maxTransactionBytes ? "The aggregate size of the items cannot exceed 4 MB" : undefined;
}

/** How many bytes an item takes, as DynamoDB counts them. @param item in the JSON of its protocol */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: unknown): number {
  const [[type = "", content] = []] = Object.entries(value ?? {});
  const list: readonly unknown[] = Array.isArray(content) ? content : [];
  switch (type) {
    case "S":
      return Buffer.byteLength(String(content));
    case "N":
      return numberBytes(String(content));
    case "B":
      return Buffer.byteLength(String(content), "base64");
    case "SS":
      return list.reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0);
    case "NS":
      return list.reduce<number>((sum, text) => sum + numberBytes(String(text)), 0);
    case "BS":
      return list.reduce<number>((sum, text) => sum + Buffer.byteLength(String(text), "base64"), 0);
    case "L":
      return list.reduce<number>((sum, one) => sum + 1 + valueBytes(one), 3);
    case "M": {
      const entries = z.record(z.string(), z.unknown()).parse(content);
      return 3 + Object.keys(entries).length + itemBytes(entries);
    }
    default:
      return 1;
  }
}

/** About one byte for two significant digits, and one more; another one for a sign. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/e.*$/i, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}
