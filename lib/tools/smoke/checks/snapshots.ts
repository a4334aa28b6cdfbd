import type { SmokeContext } from "../context.ts";
import { field, type SmokeAnswer } from "../walk.ts";

const minute = (number: number) => String(number % 60).padStart(2, "0");

/** A closed day: its snapshot, a late fact, and the revision that says why. */
export async function checkSnapshots({ walk, run, dayBefore }: SmokeContext): Promise<void> {
  const date = dayBefore(2);
  const take = () => walk.ask("POST", "/v1/snapshots", { body: { from: date, to: date } });
  const read = () =>
    walk.ask("GET", "/v1/snapshots", { query: { metric: "csat", from: date, to: date, revisions: "all" } });
  const late = (number: number) =>
    walk.ask("POST", "/v1/responses", {
      body: {
        id: `${run}:late-${number}`,
        survey: "csat",
        score: 4,
        occurredAt: `${date}T12:${minute(number)}:00Z`,
      },
    });
  await late(1);
  walk.note("the snapshots of a closed day", "200", String((await take()).status));
  const before = await read();
  const fact = await late(2);
  walk.note("a late fact", "201 recorded", `${fact.status} ${field(fact.json, "status")}`);
  walk.note("the snapshots of that day again", "200", String((await take()).status));
  const after = await read();
  walk.note(
    "the restated day",
    `revision ${newest(before) + 1} for 1 fact`,
    `revision ${newest(after)} for ${becauseOf(after)} fact`,
  );
  const csv = await walk.ask("GET", "/v1/snapshots", {
    query: { metric: "csat", from: date, to: date },
    headers: { accept: "text/csv" },
  });
  walk.note(
    "the snapshot as CSV",
    "200 text/csv",
    `${csv.status} ${csv.headers.get("content-type")?.split(";")[0]}`,
  );
}

function revisionsOf({ json }: SmokeAnswer): { revision: number; because: string }[] {
  const items: unknown = typeof json === "object" && json !== null ? Reflect.get(json, "items") : [];
  return (Array.isArray(items) ? items : []).map((item: unknown) => ({
    revision: Number(field(item, "revision")),
    because: field(item, "restatedBecause", "facts"),
  }));
}

function newest(answer: SmokeAnswer): number {
  return Math.max(0, ...revisionsOf(answer).map(({ revision }) => revision));
}

function becauseOf(answer: SmokeAnswer): string {
  return revisionsOf(answer).find(({ revision }) => revision === newest(answer))?.because ?? "nothing";
}
