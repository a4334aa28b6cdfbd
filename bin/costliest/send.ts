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

/** So many facts a batch: few enough for a busy machine to record them within a request's time. */
const batchSize = 100;

/** A machine that is busy answers 503 now and then, and the same request can be sent again. */
const maxTries = 10;

let facts = 0;

/** Sends facts in batches. @throws Error where one is not taken */
export async function sendAll(
  send: Send,
  field: "responses" | "events",
  unnamed: readonly object[],
): Promise<void> {
  const named = unnamed.map((fact) => ({ id: `seed-${facts++}`, ...fact }));
  for (let start = 0; start < named.length; start += batchSize) {
    const batch = { [field]: named.slice(start, start + batchSize) };
    let answer = await send("POST", `/v1/${field}`, batch);
    for (let tries = 1; answer.status === 503 && tries < maxTries; tries += 1) {
      answer = await send("POST", `/v1/${field}`, batch);
    }
    const { status, text } = answer;
    if (status !== 200 || !text.includes('"invalid":0'))
      throw new Error(`${field}: ${status} ${text.slice(0, 400)}`);
  }
}
