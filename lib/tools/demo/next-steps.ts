import { addDays } from "../../domain/calendar/days.ts";
import { snapshotDays } from "./generate.ts";
import type { DemoOptions } from "./options.ts";
import { type Plan, storyOf } from "./story.ts";

/** Where to look when the company is there. */
export function nextSteps({ url }: Pick<DemoOptions, "url">, plan: Plan): string[] {
  const { from, badRelease } = storyOf(plan);
  const [first, last] = [addDays(from, badRelease.first), addDays(from, badRelease.last)];
  const get = (path: string) => `  curl -s -H "Authorization: Bearer $KEY" '${url}${path}'`;
  const lateFrom = addDays(plan.until, 1 - snapshotDays);
  return [
    "Look next, with KEY=$(cat .local/admin-key) or your own admin key:",
    "",
    "  everything on one page",
    `${get(`/v1/report?from=${from}&to=${plan.until}`)} > report.html`,
    "  the effort of each week, around the bad release",
    get(`/v1/metrics/ces?interval=week&from=${addDays(first, -28)}&to=${addDays(last, 28)}`),
    "  what customers said in it",
    get(`/v1/responses?survey=ces&scoreTo=4&hasComment=true&from=${first}&to=${last}`),
    "  after how long customers leave: who pays for a plan stays longer (once the hourly run has archived all days)",
    get("/v1/survival?groupBy=plan"),
    `  ${url}/survival?groupBy=plan`,
    "  whom to win back, and what customers are expected to bring",
    get("/v1/rfm"),
    get("/v1/metrics/clv-predicted?groupBy=plan"),
    "  which days were restated by late facts, and why",
    get(`/v1/snapshots?metric=csat&revisions=all&from=${lateFrom}&to=${plan.until}`),
  ];
}
