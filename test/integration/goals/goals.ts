import { type ApiAnswer, type ApiClient, dayBefore, type ProblemBody } from "../../fixtures/api-client.ts";

/** Goals as the API answers them. */

/** A value that a goal was measured by. */
export interface GoalReading {
  readonly from: string;
  readonly to: string;
  readonly value: number | string | null;
  readonly low: number | string | null;
  readonly high: number | string | null;
  readonly n: number;
  readonly lowSample: boolean;
  readonly method?: string;
}

/** A goal, and where it stands. */
export interface GoalBody {
  readonly id: string;
  readonly goal: Readonly<Record<string, unknown>>;
  readonly unit: string;
  readonly better: string;
  readonly currency?: string;
  readonly convention?: string;
  readonly state: "met" | "on-track" | "off-track" | "unknown";
  readonly by: number | string | null;
  readonly certain: boolean | null;
  readonly final: boolean;
  readonly reason?: string;
  readonly target: number | string | null;
  readonly expected: number | string | null;
  readonly window: number;
  readonly current: GoalReading | null;
  readonly base: GoalReading | null;
  readonly comparison: Readonly<Record<string, unknown>> | null;
  readonly remarks?: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface GoalList {
  readonly items: readonly GoalBody[];
  readonly nextCursor: string | null;
}

/** Sets a goal. */
export function put<Body = GoalBody & ProblemBody>(
  api: ApiClient,
  id: string,
  body: unknown,
  options: { readonly key?: string | null } = {},
): Promise<ApiAnswer<Body>> {
  return api.send<Body>("PUT", `/v1/goals/${id}`, { body, ...options });
}

/** NPS answers at noon so many days ago: 10 of each of `promoters`, `passives` and `detractors`. */
export function npsAnswers(
  daysAgo: number,
  { promoters = 0, passives = 0, detractors = 0 },
  dimensions: Readonly<Record<string, string>> = {},
): object[] {
  const occurredAt = daysAgo === 0 ? undefined : `${dayBefore(daysAgo)}T12:00:00Z`;
  const scores = [
    ...new Array<number>(promoters).fill(9),
    ...new Array<number>(passives).fill(7),
    ...new Array<number>(detractors).fill(2),
  ];
  return scores.map((score) => ({ survey: "nps", score, dimensions, ...(occurredAt ? { occurredAt } : {}) }));
}

/** The days before the last thirty. */
export const lastMonth = { from: dayBefore(60), to: dayBefore(31) };
/** Five points more than then. */
export const npsGoal = { metric: "nps", target: { change: 5 }, base: lastMonth, dueDate: dayBefore(-31) };

/** 40 answers a month ago with a score of 25, and 40 today with another one. */
export async function twoMonths(
  api: ApiClient,
  now: { promoters: number; passives?: number; detractors: number },
) {
  await api.recordAll("responses", [
    ...npsAnswers(45, { promoters: 20, passives: 10, detractors: 10 }),
    ...npsAnswers(0, now),
  ]);
}
