import type { DayRange } from "../../domain/calendar/intervals.ts";
import type { SurveyName } from "../../domain/facts/responses.ts";
import type { Table } from "../table/client.ts";
import { type Item, type ItemQuery, queryItems } from "../table/items.ts";
import {
  customersIndex,
  type FactKind,
  factCustomerKey,
  factKey,
  factTimelinePartition,
  timelineIndex,
  timelineSpread,
} from "../table/keys.ts";
import { type MergedItem, PassedOver, searchMerged } from "../table/merged-queries.ts";
import { factSize } from "./fact-size.ts";

/** Where facts are in the indexes: by time, by customer. Eventually consistent: a fact shows within a moment of being recorded. */

/** A fact's place in an index: its id, and where a listing goes on after it. */
export interface FactPlace {
  readonly id: string;
  /** The sort key in the index that was listed. */
  readonly position: string;
  /** The fact as it is stored, but for the log of its exclusions, where the index holds it. */
  readonly item?: Item;
}

/** How to list. */
export interface Listing {
  readonly newestFirst: boolean;
  /** About how many are wanted: decides how many are read at a time. */
  readonly expected: number;
  /** Only what comes after this position, in the order of the listing. */
  readonly after?: string | undefined;
}

/** What the table itself tells apart: it answers with no other facts. Looking at these costs as many read units, but hardly any time. */
export interface AnswerFilter {
  /** Answers of these surveys; of all where absent. */
  readonly surveys?: readonly SurveyName[] | undefined;
  /** Only answers with a comment. */
  readonly hasComment?: boolean | undefined;
}

/** Lists facts of one kind, whole, by the day on which they count, then by instant, as they are asked for. */
export async function* listByTime(
  table: Table,
  workspace: string,
  kind: FactKind,
  range: DayRange,
  listing: Listing,
): AsyncGenerator<FactPlace> {
  yield* factsOnly(searchByTime(table, workspace, kind, range, listing));
}

/** Lists as `listByTime` those facts that a filter lets through, and how many it has passed over. */
export async function* searchByTime(
  table: Table,
  workspace: string,
  kind: FactKind,
  { from, to }: DayRange,
  listing: Listing,
  filter: AnswerFilter = {},
): AsyncGenerator<FactPlace | PassedOver> {
  const bounds = within(`${from}#`, `${to}#~`, listing);
  if (!bounds) return;
  const { newestFirst, expected, after } = listing;
  const { ExpressionAttributeValues: values, ...filtering } = filterOf(filter);
  const queries = timelineSpread.map((part) => ({
    ...{ IndexName: timelineIndex, ScanIndexForward: !newestFirst, ...filtering },
    KeyConditionExpression: "gsi1pk = :partition AND gsi1sk BETWEEN :low AND :high",
    ExpressionAttributeValues: {
      ...{ ":partition": factTimelinePartition(workspace, kind, part), ...bounds, ...values },
    },
    size: factSize,
  }));
  const items = searchMerged(table, queries, { sort: "gsi1sk", newestFirst, expected });
  yield* places(items, workspace, "gsi1sk", after);
}

function filterOf({ surveys, hasComment = false }: AnswerFilter): Partial<ItemQuery> {
  if (!surveys && !hasComment) return {};
  const names = (surveys ?? []).map((_, index) => `:survey${index}`);
  const conditions = [
    ...(surveys ? [`#body.#survey IN (${names.join(", ")})`] : []),
    ...(hasComment ? ["attribute_exists(#body.#comment)"] : []),
  ];
  return {
    FilterExpression: conditions.join(" AND "),
    ExpressionAttributeNames: {
      "#body": "body",
      ...(surveys ? { "#survey": "survey" } : {}),
      ...(hasComment ? { "#comment": "comment" } : {}),
    },
    ExpressionAttributeValues: Object.fromEntries(
      (surveys ?? []).map((survey, index) => [`:survey${index}`, survey]),
    ),
  };
}

/** Lists the facts of a customer by instant, as they are asked for. */
export async function* listByCustomer(
  table: Table,
  workspace: string,
  customerId: string,
  listing: Listing,
): AsyncGenerator<FactPlace> {
  const bounds = within("0", "~", listing);
  if (!bounds) return;
  const { newestFirst, expected, after } = listing;
  const query: ItemQuery = {
    ...{ IndexName: customersIndex, ScanIndexForward: !newestFirst },
    KeyConditionExpression: "gsi2pk = :partition AND gsi2sk BETWEEN :low AND :high",
    ExpressionAttributeValues: {
      ":partition": factCustomerKey(workspace, customerId, "", "").gsi2pk,
      ...bounds,
    },
    // One more, as the bounds of a range are included and `after` is not.
    Limit: expected + 1,
    size: factSize,
  };
  yield* factsOnly(places(queryItems(table, query), workspace, "gsi2sk", after));
}

/** The bounds of a range, both included; undefined where it is empty, which the table would refuse. */
function within(from: string, to: string, { newestFirst, after }: Listing) {
  const low = after !== undefined && !newestFirst && after > from ? after : from;
  const high = after !== undefined && newestFirst && after < to ? after : to;
  return low > high ? undefined : { ":low": low, ":high": high };
}

async function* factsOnly(found: AsyncIterable<FactPlace | PassedOver>): AsyncGenerator<FactPlace> {
  for await (const place of found) if (!(place instanceof PassedOver)) yield place;
}

async function* places(
  items: AsyncIterable<MergedItem>,
  workspace: string,
  sort: string,
  after: string | undefined,
): AsyncGenerator<FactPlace | PassedOver> {
  const prefix = factKey(workspace, "").pk.length;
  for await (const item of items) {
    if (item instanceof PassedOver) {
      yield item;
      continue;
    }
    const position = String(item[sort]);
    if (position === after) continue;
    yield { id: String(item["pk"]).slice(prefix), position, ...("body" in item ? { item } : {}) };
  }
}
