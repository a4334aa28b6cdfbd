import { addDays, type Day } from "../../lib/domain/calendar/days.ts";

/** Made-up purchases, tickets and survey answers, in the order of their days, and what they add up to. The same ones on every run. */

/** How many facts there are, of how many customers, and on how many days from which on. */
export interface Shape {
  readonly facts: number;
  readonly customers: number;
  readonly days: number;
  readonly from: Day;
}

/** The facts of one request, for `POST /v1/events` or `POST /v1/responses`. */
export interface Batch {
  readonly field: "events" | "responses";
  readonly facts: readonly object[];
}

/** Of each twenty facts: twelve purchases, seven answers, a ticket. Of any three in a row at least one is a purchase. */
function kindOf(index: number): "purchase" | "ticket" | "answer" {
  if ([0, 1, 3].includes(index % 5)) return "purchase";
  return index % 20 === 4 ? "ticket" : "answer";
}

/** Customers come one after the other, with some three facts each; every tenth fact is of one who came in the first half of the time so far. */
function customerOf({ facts, customers }: Shape, index: number): number {
  const newest = Math.floor((index * customers) / facts);
  return index % 10 === 8 ? Math.floor(newest / 2) : newest;
}

const dayOf = (shape: Shape, index: number) =>
  addDays(shape.from, Math.floor((index * shape.days) / shape.facts));
const centsOf = (index: number) => 100 + ((index * 7_919) % 20_000);
const scoreOf = (index: number) => Math.floor(index / 2) % 11;

function factOf(shape: Shape, index: number): object {
  const second = String(index % 60).padStart(2, "0");
  const occurredAt = `${dayOf(shape, index)}T12:00:${second}Z`;
  const about = { id: `f-${index}`, occurredAt, customerId: `customer-${customerOf(shape, index)}` };
  switch (kindOf(index)) {
    case "purchase":
      return {
        ...{ ...about, type: "purchase.made", orderId: `order-${index}` },
        money: { amount: (centsOf(index) / 100).toFixed(2), currency: "USD" },
      };
    case "ticket":
      return { ...about, type: "ticket.opened", ticketId: `ticket-${index}` };
    case "answer":
      return { ...about, survey: "nps", score: scoreOf(index) };
  }
}

/** All facts, in requests. @param size how many facts a request has at most */
export function* batchesOf(shape: Shape, size: number): Generator<Batch> {
  const waiting = { events: [] as object[], responses: [] as object[] };
  for (let index = 0; index < shape.facts; index += 1) {
    const field = kindOf(index) === "answer" ? "responses" : "events";
    waiting[field].push(factOf(shape, index));
    if (waiting[field].length === size) yield { field, facts: waiting[field].splice(0) };
  }
  for (const field of ["events", "responses"] as const)
    if (waiting[field].length > 0) yield { field, facts: waiting[field] };
}

/** What a day's facts add up to. */
export interface DayTotals {
  orders: number;
  cents: number;
  tickets: number;
  answers: number;
  /** Answers with 9 or 10. */
  promoters: number;
}

/** What the facts add up to, day by day, counted without the product. */
export function totalsOf(shape: Shape): readonly DayTotals[] {
  const days = Array.from(
    { length: shape.days },
    (): DayTotals => ({ orders: 0, cents: 0, tickets: 0, answers: 0, promoters: 0 }),
  );
  for (let index = 0; index < shape.facts; index += 1) {
    const day = days[Math.floor((index * shape.days) / shape.facts)];
    if (!day) throw new RangeError(`fact ${index} is on none of the days`);
    const kind = kindOf(index);
    if (kind === "purchase") {
      day.orders += 1;
      day.cents += centsOf(index);
    } else if (kind === "ticket") day.tickets += 1;
    else {
      day.answers += 1;
      if (scoreOf(index) >= 9) day.promoters += 1;
    }
  }
  return days;
}

/** The customers of whom there is a purchase, with the days of their purchases as numbers from 0, in order. */
export function purchaseDays(shape: Shape): ReadonlyMap<string, readonly number[]> {
  const days = new Map<string, number[]>();
  for (let index = 0; index < shape.facts; index += 1) {
    if (kindOf(index) !== "purchase") continue;
    const customer = `customer-${customerOf(shape, index)}`;
    const own = days.get(customer) ?? [];
    own.push(Math.floor((index * shape.days) / shape.facts));
    days.set(customer, own);
  }
  return days;
}
