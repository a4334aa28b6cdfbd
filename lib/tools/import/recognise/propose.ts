import {
  columnLike,
  isCurrency,
  isUnique,
  type SampledColumn,
  sampledColumns,
  timeReadingOf,
} from "./column-kinds.ts";
import type { MappedFact, Proposal } from "./proposal.ts";
import { answerFacts, commentColumn, conditionName, questionsIn } from "./questions.ts";
import type { FileSample } from "./sample.ts";

/** A mapping for a file that no known tool has written: made of what its columns are called, and of what is in them. */

const timeTitles = [
  /submit|answered|completed|responded|response.*(at|date)|recorded/,
  /created|ordered|paid|date|datum|fecha|data\b|when|time|zeit|日付|日期/,
];
const customerTitles = [
  /customer|client|kunde|cliente/,
  /user|e-?mail|person|member|who\b|contact|respondent/,
];
const idTitles = [
  /^(#|id|.*\bid|.*_id|key)$/,
  /order|invoice|response|answer|ticket|number|nummer|reference/,
];
const amountTitles = [
  /grand total|^total|amount|betrag|montant|importe|revenue|umsatz/,
  /price|sum\b|paid|value/,
];
const dimensionTitles =
  /channel|country|plan|source|device|language|segment|product|category|region|platform|team|group|kanal|land\b/;

/** At most so many values make a column something to group by. */
const maxValues = 30;
const maxDimensions = 4;

/** @returns `undefined` where nothing can be told from the file */
export function propose(sample: FileSample): Proposal | undefined {
  const columns = sampledColumns(sample);
  const time = timeColumn(columns);
  if (!time) return undefined;
  const { column, reading } = time;
  const questions = questionsIn(columns.filter((other) => other !== column));
  const id = columnLike(
    columns.filter((other) => isUnique(other, sample.rows.length)),
    ...idTitles,
  );
  const customer = columnLike(
    columns.filter((other) => other !== id && other !== column),
    ...customerTitles,
  );
  const about = {
    ...(customer ? { customerId: `{${customer.name}}` } : {}),
    ...dimensionsIn(columns.filter((other) => other !== customer && other !== id)),
  };
  const comment = commentColumn(columns);
  const answers = answerFacts(
    questions,
    { ...about, ...(comment ? { comment: `{${comment.name}}` } : {}) },
    id && `{${id.name}}`,
  );
  const amounts = answers.length > 0 ? undefined : purchaseFacts(columns, about, id);
  const facts = answers.length > 0 ? answers : (amounts?.facts ?? []);
  if (facts.length === 0) return undefined;
  const times = {
    ...(reading.order ? { order: reading.order } : {}),
    ...(reading.needsZone ? { zone: "UTC" } : {}),
    ...(reading.needsTime ? { at: "12:00" } : {}),
  };
  return {
    tool: undefined,
    mapping: {
      ...(Object.keys(sample.csv).length > 0 ? { csv: sample.csv } : {}),
      ...(Object.keys(times).length > 0 ? { times } : {}),
      fields: { occurredAt: { time: `{${column.name}}` } },
      facts,
    },
    reasons: [
      `"${column.name}" has the times${reading.order ? orderReason(reading.order, reading.isUnsure) : ""}`,
      ...(reading.needsZone ? ["the times name no zone: UTC is assumed (times.zone)"] : []),
      ...(reading.needsTime ? ["the times have no time of day: 12:00 is assumed (times.at)"] : []),
      ...questions.map(({ reason }) => reason),
      ...(amounts?.reasons ?? []),
      ...(customer ? [`"${customer.name}" says who the customer is`] : []),
      id
        ? `"${id.name}" is another one in each row: the id`
        : "no column is another one in each row: the id is a hash of the whole fact",
    ],
  };
}

function orderReason(order: "dmy" | "mdy", isUnsure = false): string {
  if (isUnsure)
    return "; whether the day or the month is first cannot be told: the day is assumed (times.order)";
  return `, with the ${order === "dmy" ? "day" : "month"} first: a number above 12 shows it`;
}

function timeColumn(columns: readonly SampledColumn[]) {
  const readable = columns.flatMap((column) => {
    const reading = timeReadingOf(column);
    return reading ? [{ column, reading }] : [];
  });
  const best = columnLike(
    readable.map(({ column }) => column),
    ...timeTitles,
  );
  return readable.find(({ column }) => column === best) ?? readable[0];
}

function dimensionsIn(columns: readonly SampledColumn[]): { dimensions?: Record<string, string> } {
  const found = columns
    .filter(
      ({ title, cells }) =>
        dimensionTitles.test(title) && new Set(cells).size <= maxValues && cells.length > 0,
    )
    .filter(({ cells }) => cells.every((cell) => cell.length <= 100))
    .slice(0, maxDimensions);
  const named = found.map(({ name }) => [dimensionName(name), `{${name}}`] as const);
  return named.length > 0 ? { dimensions: Object.fromEntries(named) } : {};
}

function dimensionName(column: string): string {
  const words = column.normalize("NFD").match(/[A-Za-z0-9]+/g) ?? ["column"];
  const [first = "", ...rest] = words;
  const name =
    first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return (/^[a-z]/.test(name) ? name : `c${name}`).slice(0, 40);
}

function purchaseFacts(
  columns: readonly SampledColumn[],
  about: object,
  id: SampledColumn | undefined,
): { facts: MappedFact[]; reasons: string[] } | undefined {
  const numeric = columns.filter(({ numbers }) => numbers !== undefined);
  const amount = columnLike(numeric, ...amountTitles);
  const currency = columns.find(isCurrency);
  if (!amount || !currency) return undefined;
  const money = { money: `{${amount.name}}`, currency: `{${currency.name}}` };
  const order = id ? { id: `{${id.name}}`, orderId: `{${id.name}}` } : { orderId: "{#hash}" };
  const column = conditionName(amount.name);
  const facts: MappedFact[] = [
    {
      to: "events",
      when: { column, above: 0 },
      fields: { type: "purchase.made", ...order, money, ...about },
    },
  ];
  const hasRefunds = amount.numbers?.some((number) => number < 0) ?? false;
  if (hasRefunds) {
    const fields = { type: "purchase.refunded", ...(id ? { id: `refund-{${id.name}}` } : {}) };
    const back = { ...money, absolute: true };
    facts.push({ to: "events", when: { column, below: 0 }, fields: { ...fields, money: back, ...about } });
  }
  return {
    facts,
    reasons: [
      `"${amount.name}" and "${currency.name}" are amounts with their currencies: purchases`,
      ...(hasRefunds ? ["amounts below 0 are refunds"] : []),
    ],
  };
}
