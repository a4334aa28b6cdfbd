import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** Recording: a fact once, a batch, and what is refused. */
export async function checkFacts({ walk, run, today }: SmokeContext): Promise<void> {
  const answer = { id: `${run}:a.1_x-y`, survey: "nps", score: 9, comment: "Smoke test" };
  const record = (body: object | string) => walk.ask("POST", "/v1/responses", { body });
  const range = { from: today, to: today };
  const counted = async () =>
    Number(
      field((await walk.ask("GET", "/v1/metrics/{id}", { id: "nps", query: range })).json, "series", 0, "n"),
    );
  const before = await counted();

  const first = await record(answer);
  walk.note("a survey answer", "201 recorded", `${first.status} ${field(first.json, "status")}`);
  walk.note("it is in the next reading", String(before + 1), String(await counted()));
  const again = await record(answer);
  walk.note("the same answer again", "200 duplicate", `${again.status} ${field(again.json, "status")}`);
  const other = await record({ ...answer, score: 3 });
  walk.note("other content under its id", "409", String(other.status));
  const wrong = await record({ survey: "nps", score: 11 });
  walk.note("a score of 11", "422 /score", `${wrong.status} ${field(wrong.json, "errors", 0, "pointer")}`);
  const yearOne = await record({ survey: "nps", score: 9, occurredAt: "0001-01-01T00:00:00Z" });
  walk.note("an answer of the year 1", "422", String(yearOne.status));
  walk.note("a body that is no JSON", "400", String((await record("{"))["status"]));
  const large = await record({ ...answer, comment: "x".repeat(1_100_000) });
  walk.note("a body of 1.1 MB", "413", String(large.status));
  const plain = await walk.ask("POST", "/v1/responses", {
    body: "score=9",
    headers: { "content-type": "text/plain" },
  });
  walk.note("a body of plain text", "415", String(plain.status));

  const events = [1, 2].map((number) => ({
    ...{ type: "purchase.made", id: `${run}:order-${number}`, orderId: `${run}:order-${number}` },
    ...{ customerId: `${run}:buyer`, money: { amount: "10.00", currency: "USD" } },
  }));
  const batch = await walk.ask("POST", "/v1/events", {
    body: { events: [...events, events[0], { type: "purchase.made" }] },
  });
  const counts = ["recorded", "duplicate", "conflict", "invalid"].map((name) => field(batch.json, name));
  walk.note(
    "a batch of two purchases, one twice, and one without fields",
    "200 2 1 0 1",
    [batch.status, ...counts].join(" "),
  );

  await checkExclusion(walk, answer.id, before, counted);
  await checkClient(walk, run, counted);
  await checkEventExclusion(walk, run);
}

/** Users send with the client, which says what does not count. */
async function checkClient(
  walk: SmokeContext["walk"],
  run: string,
  counted: () => Promise<number>,
): Promise<void> {
  const before = await counted();
  const occurredAt = new Date().toISOString();
  const answer = (number: number, score: number) => {
    return { survey: "nps" as const, score, id: `${run}:client-${number}`, occurredAt };
  };
  const rejected = await walk.track([answer(1, 9), answer(2, 10), answer(1, 9), answer(3, 11), answer(2, 0)]);
  const told = rejected.map(({ status, errors }) => `${status} ${errors?.[0]?.pointer ?? ""}`.trim());
  walk.note(
    "five answers sent by the client: one twice, one wrong, one in conflict",
    "2 more: invalid /score, conflict",
    `${(await counted()) - before} more: ${told.join(", ")}`,
  );
}

/** The answer leaves the counts and comes back. */
async function checkExclusion(
  walk: SmokeContext["walk"],
  id: string,
  before: number,
  counted: () => Promise<number>,
): Promise<void> {
  const read = await walk.ask("GET", "/v1/responses/{id}", { id });
  walk.note("the answer by its id", `200 ${id}`, `${read.status} ${field(read.json, "id")}`);
  for (const excluded of [true, false]) {
    const changed = await walk.ask("PATCH", "/v1/responses/{id}", {
      id,
      body: { excluded, reason: "smoke test" },
    });
    const name = excluded ? "the answer taken out of the counts" : "the answer put back";
    walk.note(name, `200 ${before + (excluded ? 0 : 1)}`, `${changed.status} ${await counted()}`);
  }
}

/** An event that counts by itself can be taken out, and so can one in a customer's history, which is put back. */
async function checkEventExclusion(walk: SmokeContext["walk"], run: string): Promise<void> {
  const load = { type: "page.loaded" as const, id: `${run}:load`, milliseconds: 999_999 };
  await walk.track([load]);
  const read = await walk.ask("GET", "/v1/events/{id}", { id: load.id });
  walk.note(
    "the page load by its id",
    `200 ${load.milliseconds}`,
    `${read.status} ${field(read.json, "milliseconds")}`,
  );
  const exclude = (id: string, excluded = true) =>
    walk.ask("PATCH", "/v1/events/{id}", { id, body: { excluded, reason: "smoke test" } });
  const { status, json } = await exclude(load.id);
  walk.note("a page load taken out of the counts", "200 true", `${status} ${field(json, "excluded")}`);
  const purchase = `${run}:order-1`;
  walk.note(
    "a purchase taken out of its customer's history",
    "200",
    String((await exclude(purchase)).status),
  );
  walk.note("the purchase put back", "200", String((await exclude(purchase, false)).status));
}
