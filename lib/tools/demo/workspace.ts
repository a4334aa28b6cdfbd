import * as z from "zod";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import { UsageError } from "../import/problems.ts";
import type { Api } from "./api.ts";
import { planOf } from "./generate.ts";
import type { Plan } from "./story.ts";

/** The workspace that the demo writes into: what is there already, and the settings that it needs. */

/** The settings that the company needs to show everything. */
export const neededSettings = {
  currency: "EUR",
  trackedDimensions: ["channel", "touchpoint", "plan", "category", "agent"],
  inactivityDays: 240,
  linkOrders: true,
  funnels: { winning: ["awareness", "consideration", "decision"] },
} as const;

const workspaceSchema = z.looseObject({
  id: z.string(),
  currency: z.string(),
  trackedDimensions: z.array(z.string()),
  inactivityDays: z.number().nullable(),
});

/** The settings that were changed: the name, the value before, the value now. */
export type SettingChange = readonly [name: string, before: string, after: string];

/** Brings the settings of the workspace to what the company needs. */
export async function prepareSettings(api: Api): Promise<{ id: string; changes: SettingChange[] }> {
  const workspace = await api.get("/v1/workspace", workspaceSchema);
  const text = (value: unknown) => {
    if (Array.isArray(value)) return value.join(" ");
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  const changes = Object.entries(neededSettings).flatMap(([name, needed]): SettingChange[] =>
    text(workspace[name]) === text(needed) ? [] : [[name, text(workspace[name]), text(needed)]],
  );
  if (changes.length > 0) await api.send("PATCH", "/v1/workspace", neededSettings, workspaceSchema);
  return { id: workspace.id, changes };
}

/** The contents of a workspace before the demo. */
export interface Inhabitants {
  /** The demo's company that is there. */
  readonly demo: Plan | undefined;
  /** Facts of something else: how many were seen, at least. */
  readonly others: number;
}

const idsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const countSchema = z.object({ series: z.array(z.object({ n: z.number() })) });

/** Looks at what is there: at the newest answers, and where none of them is a demo's at customers and orders. */
export async function findInhabitants(api: Api, today: Day): Promise<Inhabitants> {
  const { items } = await api.get("/v1/responses?limit=200", idsSchema);
  const plans = items.map(({ id }) => planOf(id));
  const demo = plans.find((plan) => plan !== undefined);
  const answers = plans.filter((plan) => plan === undefined).length;
  if (demo) return { demo, others: answers };
  const range = `from=${addDays(today, -7_000)}&to=${today}`;
  const [customers, sales] = await Promise.all(
    ["customers", "sales"].map((metric) => api.get(`/v1/metrics/${metric}?${range}`, countSchema)),
  );
  return { demo, others: answers + (customers?.series[0]?.n ?? 0) + (sales?.series[0]?.n ?? 0) };
}

/** So many facts of something else are taken for somebody's first tries, and do no harm. */
const fewOthers = 20;

/**
 * The plan of the company to make: where there is one already, the same unless another is asked for.
 * @throws UsageError when the workspace has something else, and that is not wanted.
 */
export function choosePlan(
  asked: Omit<Plan, "until"> & { readonly until: Day | undefined; readonly force: boolean },
  { demo, others }: Inhabitants,
  yesterday: Day,
): Plan {
  const { seed, customers, days, until, force } = asked;
  const plan = { seed, customers, days, until: until ?? demo?.until ?? yesterday };
  if (force) return plan;
  if (demo && describe(demo) !== describe(plan)) {
    throw new UsageError(
      `the workspace has another company of the demo (${describe(demo)}), and two would be mixed: use another workspace, an empty data folder, or --force`,
    );
  }
  if (others > fewOthers) {
    throw new UsageError(
      "the workspace has facts that are not the demo's, and the company would be mixed with them: use another workspace, an empty data folder (DATA_DIR), or --force",
    );
  }
  return plan;
}

/** A plan as the options that ask for it. */
export function describe({ seed, customers, days, until }: Plan): string {
  return `--seed ${seed} --customers ${customers} --days ${days} --until ${until}`;
}
