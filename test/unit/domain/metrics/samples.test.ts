import { expect, it } from "vitest";
import { metrics } from "../../../../lib/domain/metrics/registry.ts";
import type { Sample } from "../../../../lib/domain/metrics/sample.ts";
import { answers, Counted, purchase, step } from "../../../fixtures/domain.ts";

const at = (type: string, fields: object = {}, time = "10T12:00:00") => ({
  ...{ type, occurredAt: `2026-10-${time}Z` },
  ...fields,
});

const ticket = (type: string, ticketId: string, time: string) => at(`ticket.${type}`, { ticketId }, time);

const proportion = (successes: number, n: number): Sample => ({ kind: "proportion", successes, n });

/** Some facts for a metric, and what its value is estimated from: counted and added up by hand. */
const samples: Readonly<Record<string, [facts: object[], sample: Sample | undefined]>> = {
  nps: [answers("nps", [9, 10, 7, 0]), { kind: "net-promoter", promoters: 2, passives: 1, detractors: 1 }],
  csat: [answers("csat", [4, 5, 1]), proportion(2, 3)],
  ces: [answers("ces", [7, 2]), { kind: "mean", n: 2, sum: 9, sumOfSquares: 53, scale: { min: 1, max: 7 } }],
  esat: [
    answers("esat", [10, 3]),
    { kind: "mean", n: 2, sum: 13, sumOfSquares: 109, scale: { min: 1, max: 10 } },
  ],
  "average-order-value": [
    [purchase("a", "2026-10-02", "1.00"), purchase("a", "2026-10-03", "0.50")],
    { kind: "mean", n: 2, sum: 150n, sumOfSquares: 12_500n },
  ],
  "bounce-rate": [
    [
      at("session.ended", { pages: 1, seconds: 1, count: 3 }),
      at("session.ended", { pages: 2, seconds: 1, count: 4 }),
    ],
    proportion(3, 7),
  ],
  "cart-abandonment": [
    [
      at("cart.started", { cartId: "a" }),
      at("cart.started", { cartId: "b" }),
      at("cart.bought", { cartId: "b" }, "10T13:00:00"),
      at("cart.started", { cartId: "c" }),
    ],
    proportion(2, 3),
  ],
  "cta-engagement": [
    [at("cta.viewed", { cta: "x", count: 5 }), at("cta.clicked", { cta: "x", count: 2 })],
    proportion(2, 5),
  ],
  uptime: [
    [at("probe.checked", { up: true, count: 8 }), at("probe.checked", { up: false })],
    proportion(8, 9),
  ],
  "mobile-score": [
    [at("mobile.scored", { score: 70 }), at("mobile.scored", { score: 50 })],
    { kind: "mean", n: 2, sum: 120n, sumOfSquares: 7_400n, scale: { min: 0, max: 100 } },
  ],
  "first-response-time": [
    [
      ticket("opened", "a", "01T00:00:00"),
      ticket("replied", "a", "01T00:00:02"),
      ticket("opened", "b", "01T00:00:00"),
      ticket("replied", "b", "01T00:00:05"),
    ],
    { kind: "mean", n: 2, sum: 7_000n, sumOfSquares: 29_000_000n },
  ],
  "resolution-time": [
    [ticket("opened", "a", "01T00:00:00"), ticket("resolved", "a", "01T00:00:03")],
    { kind: "mean", n: 1, sum: 3_000n, sumOfSquares: 9_000_000n },
  ],
  "first-contact-resolution": [
    [
      ticket("opened", "a", "01T00:00:00"),
      ticket("resolved", "a", "01T00:00:03"),
      ticket("opened", "b", "01T00:00:00"),
      ticket("resolved", "b", "01T00:00:03"),
      ticket("reopened", "b", "02T00:00:00"),
    ],
    proportion(1, 2),
  ],
  "queue-abandonment": [
    [
      ...["a", "b", "c"].map((callId) => at("call.queued", { callId })),
      at("call.abandoned", { callId: "c" }, "10T12:01:00"),
    ],
    proportion(1, 3),
  ],
  "survey-response-rate": [
    [
      ...["a", "b", "c"].map((invitationId) => at("invitation.sent", { invitationId })),
      ...answers("nps", [9], { invitationId: "a", occurredAt: "2026-10-11T12:00:00Z" }),
    ],
    proportion(1, 3),
  ],
  "task-completion": [
    [true, true, false].map((completed) => ({
      ...{ survey: "task-completion", completed },
      occurredAt: "2026-10-10T12:00:00Z",
    })),
    proportion(2, 3),
  ],
  "referral-rate": [
    [
      ...["a", "b", "c"].map((id) => step("joined", id, "2026-10-05")),
      at("referral.converted", { customerId: "a" }),
    ],
    proportion(1, 3),
  ],
  "journey-funnel": [
    [
      at("stage.entered", { customerId: "a", stage: "awareness" }),
      at("stage.entered", { customerId: "b", stage: "advocacy" }),
    ],
    proportion(1, 2),
  ],
  "churn-rate": [
    [...["a", "b", "c"].map((id) => step("joined", id, "2026-09-05")), step("left", "b", "2026-10-05")],
    proportion(1, 3),
  ],
  sales: [[purchase("a", "2026-10-02")], undefined],
  customers: [[step("joined", "a", "2026-10-05")], undefined],
};

it.each(Object.entries(samples))(
  "%s is tested for a change by what it was counted from",
  (id, [facts, sample]) => {
    const measured = new Counted(facts).measure(id, "2026-10-01", "2026-10-31");
    if (sample === undefined) expect(measured.sample?.kind).not.toBe("estimate");
    else if (sample.kind !== "proportion") expect(measured.sample).toMatchObject(sample);
    else {
      expect(measured.sample).toMatchObject({
        ...sample,
        successes: expect.closeTo(sample.successes, 9),
        n: expect.closeTo(sample.n, 9),
      });
    }
  },
);

it("no metric has a sample where nothing was counted, or it is one of nothing", () => {
  for (const { id } of metrics) {
    const { sample } = new Counted([]).measure(id, "2026-10-01", "2026-10-31");
    if (sample === undefined || sample.kind === "estimate" || sample.kind === "quotient")
      expect(sample).toBeUndefined();
    else if (sample.kind === "net-promoter") {
      expect(sample).toMatchObject({ promoters: 0, passives: 0, detractors: 0 });
    } else if (sample.kind === "balance") expect(sample.value).toBe(0);
    else if (sample.kind === "process") expect(sample.daily().every((amount) => amount === 0)).toBe(true);
    else expect(sample.n).toBe(0);
  }
});
