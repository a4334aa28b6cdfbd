import { beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../calibration/draws.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

/** Facts that replace others, drawn at random: of other customers, on other days, out of order, taken out and put back, and of persons who are erased. */

const rounds = Number(process.env["MODEL_RUNS"] ?? 8);
const numbers = seeded(Number(process.env["MODEL_SEED"] ?? 20_261_130));
const below = (count: number) => Math.floor(numbers() * count);
const oneOf = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;

type Kind = "events" | "responses";
type Drawn = Readonly<Record<string, unknown>> & { readonly id: string };

let test: ApiCloud;
beforeAll(async () => {
  test = await sharedCloud();
});

function base(id: string, daysAgo: number): Drawn {
  const occurredAt = `${dayBefore(daysAgo)}T${String(8 + below(3)).padStart(2, "0")}:00:00Z`;
  return { id, occurredAt, customerId: `c${below(3)}` };
}

/** Events, half of which replace an earlier one. */
function drawEvents(count: number): Drawn[] {
  const drawn: Drawn[] = [];
  for (let at = 0; at < count; at += 1) {
    const type = oneOf(["purchase.made", "customer.joined", "ticket.opened"]);
    const own = {
      "purchase.made": { orderId: `o${at}`, money: { amount: `${1 + below(9)}.00`, currency: "USD" } },
      "customer.joined": {},
      "ticket.opened": { ticketId: `t${at}` },
    }[type];
    const alike = drawn.filter((one) => one["type"] === type);
    const replaced = alike.length > 0 && below(2) === 0 ? { supersedes: oneOf(alike).id } : {};
    drawn.push({ ...base(`f${at}`, 3 + below(6)), type, ...own, ...replaced });
  }
  return drawn;
}

/** Answers to two invitations, of which the latest ones count. */
function drawAnswers(count: number): Drawn[] {
  return Array.from({ length: count }, (_, at) => ({
    ...base(`f${at}`, 3 + below(3)),
    ...{ survey: "nps", score: below(11), invitationId: `i${below(2)}`, latest: "invitation" },
    ...(below(3) === 0 ? { surveyId: "s" } : {}),
  }));
}

/** Asks at the same time, in random order. @returns the statuses */
async function atOnce(asked: readonly (() => Promise<{ readonly status: number }>)[]): Promise<number[]> {
  const order = asked.map((ask) => ({ ask, place: numbers() })).sort((a, b) => a.place - b.place);
  return (await Promise.all(order.map(({ ask }) => ask()))).map(({ status }) => status);
}

async function run(api: ApiClient, kind: Kind, facts: readonly Drawn[], isErased: boolean): Promise<void> {
  const patch = (id: string, excluded: boolean) =>
    api.send("PATCH", `/v1/${kind}/${id}`, { body: { excluded, reason: "a draw" } });
  for (let at = 0; at < facts.length; at += 3) {
    const statuses = await atOnce([
      ...facts.slice(at, at + 3).map((fact) => () => api.post(`/v1/${kind}`, fact)),
      ...[1, 2].map(() => () => patch(`f${below(at + 3)}`, below(2) === 0)),
    ]);
    expect(Math.max(...statuses)).toBeLessThan(500);
    if (isErased && at === 6) {
      expect((await api.send("DELETE", "/v1/customers?customerId=c0")).status).toBe(200);
    }
  }
  // Nothing that was drawn is stuck: each can be sent again, taken out and put back, or is refused for a reason.
  for (const fact of facts) {
    const asked = [
      () => api.post(`/v1/${kind}`, fact),
      () => patch(fact.id, true),
      () => patch(fact.id, false),
    ];
    for (const ask of asked) expect((await ask()).status).toBeLessThan(500);
  }
  const found = await api.reconcile({ from: dayBefore(12), to: dayBefore(0) });
  expect(found).toMatchObject({ differences: [], histories: [] });
}

describe.each(["events", "responses"] as const)("%s that replace others, whatever is drawn", (kind) => {
  it.each(Array.from({ length: rounds }, (_, round) => round))(
    "are stuck nowhere, and leave nothing to repair (%s)",
    async (round) => {
      const api = await test.workspace({ trackedDimensions: ["channel"], inactivityDays: 2 }, 40);
      await run(api, kind, kind === "events" ? drawEvents(18) : drawAnswers(18), round % 2 === 0);
    },
  );
});
