import { describe, expect, it } from "vitest";
import { addDays, dayNumber } from "../../../../lib/domain/calendar/days.ts";
import { eventTypes } from "../../../../lib/domain/facts/events.ts";
import { parseEvent, parseResponse } from "../../../../lib/domain/facts/parse.ts";
import { responseSchema } from "../../../../lib/domain/facts/responses.ts";
import { logRank, survivalCurves } from "../../../../lib/domain/metrics/lifetime/survival.ts";
import { foundCompany } from "../../../../lib/tools/demo/company.ts";
import { type DemoFact, generate, planOf } from "../../../../lib/tools/demo/generate.ts";
import { nameOf } from "../../../../lib/tools/demo/send.ts";
import { isIn, type Plan, type Span, storyOf } from "../../../../lib/tools/demo/story.ts";

const plan: Plan = { seed: 1, until: "2026-11-23", days: 730, customers: 300 };
const { timely, late, twice } = generate(plan);
const facts = [...timely, ...late];
const story = storyOf(plan);

const named = (name: string) => facts.filter((fact) => nameOf(fact) === name);
const dayOf = ({ at }: DemoFact) => Math.floor(at / 86_400_000) - dayNumber(story.from);
const within = (list: readonly DemoFact[], span: Span) => list.filter((fact) => isIn(span, dayOf(fact)));
const monthBefore = ({ first }: Span): Span => ({ first: first - 30, last: first - 1 });
const meanScore = (list: readonly DemoFact[]) =>
  list.reduce((sum, { fields }) => sum + Number(fields["score"]), 0) / list.length;

describe("a company of the demo", () => {
  it("is the same for the same plan", () => {
    expect(generate(plan)).toEqual({ timely, late, twice });
  });

  it("is another for another seed, with other ids", () => {
    const other = generate({ ...plan, seed: 2 });
    const ids = new Set(facts.map(({ id }) => id));
    expect([...other.timely, ...other.late].some(({ id }) => ids.has(id))).toBe(false);
    expect(other.timely.map(({ at }) => at)).not.toEqual(timely.map(({ at }) => at));
  });

  it("has facts of every event type and every survey that the API takes", () => {
    const surveys = responseSchema.options.map(({ shape }) => `response:${shape.survey.value}`);
    const made = new Set(facts.map(nameOf));
    expect([...eventTypes, ...surveys].filter((name) => !made.has(name))).toEqual([]);
  });

  it("has only facts that the API accepts, each with an id of its own", () => {
    const context = {
      now: (dayNumber(plan.until) + 1) * 86_400_000,
      timeZone: "UTC",
      earliestDay: story.from,
      newId: () => "none",
    };
    for (const { to, fields } of facts) {
      const parsed = to === "events" ? parseEvent(fields, context) : parseResponse(fields, context);
      if (!parsed.ok) expect.fail(`${JSON.stringify(fields)}: ${JSON.stringify(parsed.errors)}`);
    }
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  it("has comments in English, German, French, Spanish, Japanese and Chinese", () => {
    const languages = facts.flatMap(({ fields }) => {
      const { dimensions } = fields as { dimensions?: Record<string, string> };
      return fields["comment"] === undefined ? [] : [dimensions?.["language"]];
    });
    expect([...new Set(languages.filter(Boolean))].sort()).toEqual(["de", "en", "es", "fr", "ja", "zh"]);
  });

  it("sends most facts in the order of their time, few of them late and few twice", () => {
    expect(timely.every(({ at }, index) => at >= (timely[index - 1]?.at ?? 0))).toBe(true);
    const firstSnapshot = addDays(plan.until, -29);
    for (const { fields } of late) expect(String(fields["occurredAt"]) >= firstSnapshot).toBe(true);
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(facts.length / 50);
    const ids = new Set(timely.map(({ id }) => id));
    expect(twice.every(({ id }) => ids.has(id))).toBe(true);
    expect(twice.length).toBeGreaterThan(0);
    expect(twice.length).toBeLessThan(facts.length / 50);
  });

  it("is by default not too large to be sent in minutes", () => {
    const usual = generate({ ...plan, customers: 1_000 });
    expect(usual.timely.length + usual.late.length).toBeLessThan(80_000);
  });

  it("says by the id of each fact from which plan it was made", () => {
    expect(planOf(facts[0]?.id ?? "")).toEqual(plan);
    expect(planOf("answer-1")).toBeUndefined();
    expect(planOf("demo:1")).toBeUndefined();
  });
});

describe("what is planted", () => {
  it("shows in the scores of the bad release", () => {
    for (const survey of ["nps", "csat", "ces"]) {
      const all = named(`response:${survey}`);
      const before = within(all, monthBefore(story.badRelease));
      expect(meanScore(within(all, story.badRelease)), survey).toBeLessThan(meanScore(before) - 0.6);
    }
  });

  it("shows in the customers who leave after it, and in those whom the campaign brings", () => {
    const count = (name: string, span: Span) => within(named(name), span).length;
    const { churnWave, campaign } = story;
    expect(count("customer.left", churnWave)).toBeGreaterThan(
      2 * count("customer.left", monthBefore(churnWave)),
    );
    expect(count("customer.joined", campaign)).toBeGreaterThan(
      2 * count("customer.joined", monthBefore(campaign)),
    );
  });

  it("shows in what is bought in November and December", () => {
    const [season = { first: 0, last: 0 }] = story.seasons;
    expect(story.seasons).toHaveLength(1);
    const before = { first: season.first - 61, last: season.first - 1 };
    const bought = (span: Span) => within(named("purchase.made"), span).length;
    expect(bought(season)).toBeGreaterThan(1.3 * bought(before));
  });

  it("has room in the shortest company, one thing after the other", () => {
    const short = storyOf({ ...plan, days: 120 });
    const spans = [
      short.campaign,
      short.redesign,
      short.badRelease,
      short.churnWave,
      short.film,
      short.outage,
    ];
    expect(spans.map(({ first }) => first)).toEqual(spans.map(({ first }) => first).sort((a, b) => a - b));
    expect(short.churnWave.last).toBeLessThan(short.film.first);
    expect(short.outage.last).toBeLessThan(120);
    expect(short.campaign.first).toBeGreaterThan(short.campaign.last - short.campaign.first);
  });
});

it("customers of a dearer plan stay longer, which survival is sure of", () => {
  const { customers } = foundCompany({ ...plan, customers: 600 }, story);
  const lifetimes = customers.map(({ joined, left, plan: group }) => ({
    ...{ days: (left ?? plan.days) - joined, isLost: left !== undefined, group },
  }));
  expect(logRank(lifetimes)?.pValue).toBeLessThan(0.01);
  const curves = new Map(survivalCurves(lifetimes).map((curve) => [curve.group, curve.steps]));
  const shares = ["basic", "plus", "pro"].map((name) => {
    return curves.get(name)?.find(({ month }) => month === 12)?.share ?? 0;
  });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});
