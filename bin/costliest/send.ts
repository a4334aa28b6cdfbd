/** Sends a request, and says what came back. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly text: string }>;

/** A day before today, so many days ago. */
export const dayBefore = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Noon of it. */
export const noonBefore = (days: number) => `${dayBefore(days)}T12:00:00Z`;

/** As many values as asked for, each made from its index. */
export function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Sends facts in batches of 500. @throws Error where one is not taken */
export async function sendAll(
  send: Send,
  field: "responses" | "events",
  facts: readonly object[],
): Promise<void> {
  for (let start = 0; start < facts.length; start += 500) {
    const { status, text } = await send("POST", `/v1/${field}`, { [field]: facts.slice(start, start + 500) });
    if (status !== 200 || !text.includes('"invalid":0'))
      throw new Error(`${field}: ${status} ${text.slice(0, 400)}`);
  }
}
