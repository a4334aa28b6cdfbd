import {
  type ArchivedCustomerDay,
  customerDaysTable,
  readCustomerDays,
} from "../../domain/archive/customer-days.ts";
import { dayOfPath, workspacePrefix } from "../../domain/archive/paths.ts";
import type { Day } from "../../domain/calendar/days.ts";
import { instantText } from "../../domain/calendar/instants.ts";
import {
  type Amounts,
  type CustomerDay,
  type GivenScore,
  type LifeStep,
  lifeKinds,
  type SubscriptionTurn,
  subscriptionKinds,
} from "../../domain/entities/customer-days.ts";
import type { Origin } from "../../domain/entities/history.ts";
import { currencyDecimals } from "../../domain/facts/money.ts";
import { type ScoreSurvey, surveyScales } from "../../domain/facts/responses.ts";
import { formatMinor, parseAmount } from "../../domain/metrics/money.ts";
import { type Files, type ListedFile, listFiles } from "./bucket.ts";
import { readListedFiles } from "./listed-files.ts";

/** Files with a row for each customer of an archived day. */

/** The file of an archived day. */
export interface CustomerDayFile extends ListedFile {
  readonly day: Day;
}

/** The archived days of a workspace, in order: every one of them has a file. */
export async function listCustomerDays(files: Files, workspace: string): Promise<CustomerDayFile[]> {
  const found: CustomerDayFile[] = [];
  for await (const file of listFiles(files, workspacePrefix(customerDaysTable, workspace))) {
    const day = dayOfPath(file.path);
    if (day !== undefined) found.push({ ...file, day });
  }
  return found;
}

const reading = { fileOf: (file: CustomerDayFile) => file, keeps: false };

/** Reads files of days, in their order, many at the same time. One that is gone meanwhile is left out. */
export async function* readCustomerDayFiles(
  files: Files,
  listed: readonly CustomerDayFile[],
): AsyncGenerator<CustomerDay[]> {
  for await (const [, bytes] of readListedFiles(files, listed, reading)) {
    yield bytes ? (await readCustomerDays(bytes)).map(customerDayOf) : [];
  }
}

/** A row as a file has it. */
export function archivedCustomerDay(row: CustomerDay): ArchivedCustomerDay {
  const { customerId, day, orders, revenue, refunds, steps, subscriptions, scores, origin } = row;
  const bySurvey = (text: (given: GivenScore) => string) =>
    Object.fromEntries(scores.map((given) => [given.survey, text(given)]));
  return {
    ...{ customerId, day, orders, revenue: amountTexts(revenue), refunds: amountTexts(refunds) },
    steps: steps.map(({ kind, at }) => `${kind} ${instantText(at)}`),
    subscriptions: subscriptions.map(({ kind, at, detail }) => `${kind} ${instantText(at)} ${detail}`),
    scores: bySurvey(({ score }) => String(score)),
    scored: bySurvey(({ scale, at, id }) => `${scale} ${instantText(at)} ${id}`),
    origin: origin && `${origin.rank} ${instantText(origin.at)} ${origin.factId}`,
    dimensions: origin?.segments ?? {},
  };
}

/** The row of a file's row. */
export function customerDayOf(archived: ArchivedCustomerDay): CustomerDay {
  const { customerId, day, orders, revenue, refunds, steps, subscriptions } = archived;
  return {
    ...{ customerId, day, orders, revenue: amountsOf(revenue), refunds: amountsOf(refunds) },
    steps: steps.flatMap(stepOf),
    subscriptions: subscriptions.flatMap(turnOf),
    scores: scoresOf(archived),
    origin: originOf(archived),
  };
}

function amountTexts(amounts: Amounts): Record<string, string> {
  const texts = [...amounts].map(
    ([currency, amount]) => [currency, formatMinor(amount, decimalsOf(currency))] as const,
  );
  return Object.fromEntries(texts);
}

const noAmounts: Amounts = new Map();

function amountsOf(texts: Readonly<Record<string, string>>): Amounts {
  const entries = Object.entries(texts);
  // Most rows have none: they share it.
  if (entries.length === 0) return noAmounts;
  return new Map(entries.map(([currency, text]) => [currency, parseAmount(text, decimalsOf(currency))]));
}

function decimalsOf(currency: string): number {
  return currencyDecimals(currency) ?? 0;
}

const noScores: readonly GivenScore[] = [];

function scoresOf({ scores, scored }: ArchivedCustomerDay): readonly GivenScore[] {
  const given = Object.entries(scores);
  if (given.length === 0) return noScores;
  return given.flatMap(([survey, score]) => {
    const [scale = "", at = "", id = ""] = (scored[survey] ?? "").split(" ");
    return isScoreSurvey(survey) ? [{ survey, scale, score: Number(score), at: Date.parse(at), id }] : [];
  });
}

function isScoreSurvey(survey: string): survey is ScoreSurvey {
  return Object.hasOwn(surveyScales, survey);
}

function stepOf(text: string): LifeStep[] {
  const [name, at = ""] = text.split(" ");
  const kind = lifeKinds.find((one) => one === name);
  return kind ? [{ kind, at: Date.parse(at) }] : [];
}

function turnOf(text: string): SubscriptionTurn[] {
  const [name = "", at = ""] = text.split(" ", 2);
  const kind = subscriptionKinds.find((one) => one === name);
  return kind ? [{ kind, at: Date.parse(at), detail: text.slice(name.length + at.length + 2) }] : [];
}

function originOf({ origin, dimensions }: ArchivedCustomerDay): Origin | null {
  if (origin === null) return null;
  const [rank, at = "", factId = ""] = origin.split(" ");
  return { rank: Number(rank), at: Date.parse(at), factId, segments: dimensions };
}
