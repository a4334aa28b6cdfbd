import { describe, expect, it } from "vitest";
import type { Batch, Outgoing } from "../../../../lib/tools/import/chunks.ts";
import { ReplacingSender } from "../../../../lib/tools/import/replacements.ts";
import type { Answer } from "../../../../lib/tools/import/sender.ts";

/** A server that keeps facts by id, and lets one fact replace another. */
function server() {
  const stored = new Map<string, { content: string; supersededBy?: string }>();
  const take = ({ fact }: Outgoing): Answer => {
    const { id, supersedes, ...content } = fact.fields as Record<string, unknown>;
    const text = JSON.stringify([supersedes, content]);
    const known = stored.get(String(id));
    if (known) return { status: known.content === text ? "duplicate" : "conflict", errors: [] };
    const old = supersedes === undefined ? undefined : stored.get(String(supersedes));
    if (old?.supersededBy !== undefined) {
      return { status: "invalid", errors: [{ pointer: "/supersedes", detail: "is replaced" }] };
    }
    if (old) old.supersededBy = String(id);
    stored.set(String(id), { content: text });
    return { status: "recorded", errors: [] };
  };
  const sender = new ReplacingSender({ send: async ({ facts }) => facts.map(take) }, async (_to, id) =>
    JSON.stringify(stored.get(id) ?? {}),
  );
  const counting = () => [...stored.values()].filter(({ supersededBy }) => supersededBy === undefined);
  return { sender, counting };
}

function batch(...facts: readonly (readonly [id: string, score: number])[]): Batch {
  const outgoing = facts.map(([id, score], index) => {
    const fields = { id, survey: "csat", score };
    return {
      row: { number: index + 2, index, cells: [] },
      fact: { name: "csat", to: "responses" as const, id, fields, replaces: true },
      json: JSON.stringify(fields),
    };
  });
  return { to: "responses", facts: outgoing };
}

describe("rows that have changed since they were imported", () => {
  it("replace what they were, as often as they change, and whatever export is imported again", async () => {
    const { sender, counting } = server();
    const stop = new AbortController().signal;
    const send = async (...facts: readonly (readonly [string, number])[]) =>
      (await sender.send(batch(...facts), stop)).map(({ status }) => status);
    expect(await send(["a", 4], ["b", 5])).toEqual(["recorded", "recorded"]);
    expect(await send(["a", 1], ["b", 5])).toEqual(["recorded", "duplicate"]);
    expect(await send(["a", 2])).toEqual(["recorded"]);
    expect(await send(["a", 3])).toEqual(["recorded"]);
    expect(await send(["a", 2])).toEqual(["duplicate"]);
    expect(await send(["a", 4], ["b", 5])).toEqual(["duplicate", "duplicate"]);
    expect(counting().map(({ content }) => JSON.parse(content)[1].score)).toEqual([5, 3]);
  });
});
