import { describe, expect, it } from "vitest";
import { createTimeline } from "../../../lib/domain/metrics/period.ts";
import { findMetric } from "../../../lib/domain/metrics/registry.ts";
import { measureGroups } from "../../../lib/queries/measured-groups.ts";
import type { Ranking } from "../../../lib/queries/query.ts";
import type { CounterGroup } from "../../../lib/queries/source.ts";
import { noValue } from "../../../lib/store/records/dimensions.ts";
import { otherValue } from "../../../lib/store/records/value-list.ts";
import { StoreError } from "../../../lib/store/table/errors.ts";
import { defaultSettings as metricSettings } from "../../fixtures/domain.ts";

const day = "2026-10-09";
const range = { from: day, to: day };
/** Ended visits of one day, of which some bounced. */
function visits(sessions: bigint, bounced: bigint, more: Partial<CounterGroup> = {}): CounterGroup {
  return groupOf({ sessions, bounced }, more);
}

function groupOf(counts: Readonly<Record<string, bigint>>, more: Partial<CounterGroup>): CounterGroup {
  const timeline = createTimeline(range, new Map([[day, counts]]), {});
  return {
    counters: { timelineOf: () => timeline, stale: [], unpacked: [], countsOn: () => counts },
    ...more,
  };
}

/** Clicks of one day on what nobody was seen to see. */
function clicked(group: string, clicks: bigint): CounterGroup {
  return groupOf({ views: 0n, clicks }, { group });
}

function measured(...groups: readonly CounterGroup[]) {
  return measure("bounce-rate", groups);
}

function largest(top: number, ...groups: readonly CounterGroup[]) {
  return measure("cta-engagement", groups, { top });
}

function measure(
  id: string,
  groups: readonly CounterGroup[],
  ranking: Ranking & { readonly maxDetailed?: number } = {},
  times = 1,
) {
  const metric = findMetric(id);
  if (!metric) throw new Error(`there is no ${id}`);
  const intervals = Array.from({ length: times }, () => ({ ...range, calendar: null }));
  const plan = { intervals, previous: [], isCompared: false, span: range };
  const settings = { ...metricSettings, convention: "" };
  return measureGroups(metric, groups, {
    plan,
    settings,
    progress: { today: "2026-11-01", snapshotsThrough: undefined, staleDays: new Set<string>() },
    ...ranking,
  });
}

describe("what the values leave of the whole, read while facts are counted", () => {
  // More bounced than there were: a visit was counted between the reading of two sums.
  const torn = visits(1n, 2n, { isRest: true });

  it("is left out beside the groups of the values", () => {
    const groups = measured(visits(4n, 1n, { group: "web" }), { ...torn, group: noValue });
    expect(groups.map(({ group }) => group)).toEqual(["web"]);
  });

  it("is unavailable for the moment, and no error of ours, where it alone is asked for", () => {
    expect(() => measured(torn)).toThrow(StoreError);
    expect(() => measured(torn)).toThrow(expect.objectContaining({ code: "unavailable" }));
  });

  it("is an error of ours where it is no rest", () => {
    expect(() => measured(visits(1n, 2n))).toThrow(RangeError);
  });
});

describe("the largest groups", () => {
  const mailClicks = clicked("mail", 3n);

  it("are those in which something was counted, also where their samples are empty", () => {
    const groups = largest(1, clicked("app", 0n), mailClicks);
    expect(groups.map(({ group }) => group)).toEqual(["mail"]);
  });

  it("leave the others together", () => {
    const groups = largest(1, clicked("app", 0n), mailClicks, clicked("shop", 2n));
    expect(groups.map(({ group, series: [entry] }) => [group, entry?.components["clicks"]])).toEqual([
      ["mail", 3],
      [otherValue, 2],
    ]);
  });
});

describe("groups that are ranked", () => {
  /** Eleven agents with 10 visits each of which one bounced, and one with 5 of which all did. */
  const agents = [
    ...Array.from({ length: 11 }, (_, index) => visits(10n, 1n, { group: `agent-${index}` })),
    visits(5n, 5n, { group: "worst" }),
    visits(100n, 50n, { group: noValue }),
  ];
  const ranked = (ranking: Ranking) =>
    measure("bounce-rate", agents, ranking).map(({ group, series }) => [group, series[0]?.value]);

  it("show the worst of many, by the value and not by how many there are", () => {
    expect(ranked({ sort: "value", top: 1 })).toEqual([
      ["worst", 100],
      [noValue, 50],
      [otherValue, 10],
    ]);
    expect(ranked({ top: 1 }).map(([group]) => group)).toEqual([otherValue, noValue, "agent-0"]);
  });

  it("come in the order asked for, with what has no value and all others at the end", () => {
    const values = ranked({ sort: "value", order: "asc" });
    expect(values.slice(0, 2)).toEqual([
      ["agent-0", 10],
      ["agent-1", 10],
    ]);
    expect(values.slice(-2)).toEqual([
      ["worst", 100],
      [noValue, 50],
    ]);
    expect(ranked({ order: "asc" })[0]).toEqual(["worst", 100]);
  });

  it("are put together where there are too few to rank", () => {
    const values = ranked({ sort: "value", minimum: 10, top: 2 });
    // Nine with one of ten, and the worst with 5 of 5: 14 of 95.
    expect(values).toEqual([
      ["agent-0", 10],
      ["agent-1", 10],
      [noValue, 50],
      [otherValue, 14.736842105263158],
    ]);
    expect(ranked({ minimum: 6 }).map(([group]) => group)).not.toContain("worst");
  });

  it("are ranked by their change where that is asked for, and by nothing where there is none", () => {
    expect(ranked({ sort: "change", top: 12 })).toHaveLength(13);
  });
});

describe("parts of a whole", () => {
  const lost = groupOf({ new: 0n, lost: 5n, lostDay: 5n, "left:price": 3n, "left:service": 1n }, {});
  const churned = (ranking: Ranking) => {
    const timeline = createTimeline(range, new Map([[day, lost.counters.countsOn(day)]]), { new: 10n });
    const counters = { ...lost.counters, timelineOf: () => timeline };
    const groups = ["price", "service", noValue].map((reason) => ({
      counters,
      group: reason,
      parts: [reason],
    }));
    return measure("churn-rate", groups, ranking).map(({ group, series }) => [group, series[0]?.value]);
  };

  it("are computed from the counters of the whole, and so are those that are put together", () => {
    expect(churned({})).toEqual([
      ["price", 30],
      ["service", 10],
      [noValue, 10],
    ]);
    expect(churned({ top: 1 })).toEqual([
      ["price", 30],
      [noValue, 10],
      [otherValue, 10],
    ]);
  });
});

it("a group in which nobody made contact is no group of contacts, though its customers are there", () => {
  const contacts = (group: string, count: bigint) =>
    groupOf({ contacts: count, new: 5n, ...(count > 0n ? { "hour:09": count } : {}) }, { group });
  const groups = measure("contact-volume", [contacts("email", 3n), contacts("search", 0n)]);
  expect(groups.map(({ group }) => group)).toEqual(["email"]);
});

describe("groups of which only some are drawn", () => {
  const groups = [5n, 9n, 3n, 7n].map((clicks) => clicked(`after ${clicks}`, clicks));
  const seen = (maxDetailed: number | undefined, top?: number) => {
    const ranking = {
      ...(top === undefined ? {} : { top }),
      ...(maxDetailed === undefined ? {} : { maxDetailed }),
    };
    return measure("cta-engagement", groups, ranking, 4);
  };

  it("have all intervals where they are, and the first one where they are not, in the same order and with the same values", () => {
    const [all, some] = [seen(undefined), seen(2)];
    expect(all.map(({ series }) => series.length)).toEqual([4, 4, 4, 4]);
    expect(some.map(({ series }) => series.length)).toEqual([4, 4, 1, 1]);
    expect(some.map(({ group, series: [first] }) => ({ group, first }))).toEqual(
      all.map(({ group, series: [first] }) => ({ group, first })),
    );
    expect(some.slice(0, 2)).toEqual(all.slice(0, 2));
    expect(seen(4)).toEqual(all);
  });

  it("are all drawn where those that are left over are put together, as far as there is room", () => {
    const found = seen(3, 2);
    expect(found.map(({ group, series }) => [group, series.length])).toEqual(
      seen(undefined, 2).map(({ group }) => [group, 4]),
    );
    expect(found.map(({ group }) => group)).toContain(otherValue);
  });
});
