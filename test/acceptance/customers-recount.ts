/**
 * An independent recount of a shop's customers, straight from the rows of its invoices. It knows nothing of the product's
 * code: a customer is there from the first purchase, is lost on the day `inactivityDays` after the last one unless there
 * is a purchase up to and including that day, and is back with the next purchase.
 */

/** A customer's presence: from the day of arrival, lost on `lost`. Days are numbers since 1970-01-01. */
interface Spell {
  readonly customer: string;
  readonly arrived: number;
  readonly lost: number;
}

/** The day number of a day or an instant in UTC. */
export function dayNumberOf(time: string): number {
  return Math.floor(Date.parse(time.length === 10 ? `${time}T00:00:00Z` : time) / 86_400_000);
}

/** What happened to a shop's customers. */
export class CustomerRecount {
  readonly #spells: readonly Spell[];

  /** @param purchases who bought on which day, in any order */
  constructor(purchases: readonly { customer: string; day: number }[], inactivityDays: number) {
    const daysOf = Map.groupBy(purchases, ({ customer }) => customer);
    const spells: Spell[] = [];
    for (const [customer, bought] of daysOf) {
      const days = [...new Set(bought.map(({ day }) => day))].sort((a, b) => a - b);
      let arrived = days[0] ?? 0;
      for (const [index, day] of days.entries()) {
        const next = days[index + 1];
        if (next !== undefined && next - day <= inactivityDays) continue;
        spells.push({ customer, arrived, lost: day + inactivityDays });
        if (next !== undefined) arrived = next;
      }
    }
    this.#spells = spells;
  }

  /** Customers who are there when a day begins. */
  activeAtStartOf(day: number): number {
    return this.#spells.filter(({ arrived, lost }) => arrived < day && lost >= day).length;
  }

  /** Of those who were there when `from` began, how many were lost from then to `to`. */
  lostOfStart(from: number, to: number): number {
    return this.#spells.filter(({ arrived, lost }) => arrived < from && lost >= from && lost <= to).length;
  }

  /** The share lost over a range, compounded from the shares of its days; `null` when no day began with anyone. */
  compoundedChurn(from: number, to: number): number | null {
    let kept = 1;
    let any = false;
    for (let day = from; day <= to; day += 1) {
      const active = this.activeAtStartOf(day);
      if (active === 0) continue;
      any = true;
      kept *= 1 - this.lostOfStart(day, day) / active;
    }
    return any ? 1 - kept : null;
  }
}
