import { beforeAll, describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "../../lib/domain/calendar/days.ts";
import { fitBgNbd } from "../../lib/domain/metrics/lifetime/bg-nbd.ts";
import { type Cohort, cohortsOf } from "../../lib/domain/metrics/lifetime/cohorts.ts";
import { holdoutOf } from "../../lib/domain/metrics/lifetime/holdout.ts";
import { predictionOf } from "../../lib/domain/metrics/lifetime/prediction.ts";
import { buyerOf, buyingCells } from "../../lib/domain/metrics/lifetime/purchases.ts";
import { ListedCustomer, standingOn } from "../../lib/queries/customers/customer.ts";
import { dataSet } from "./support.ts";

/** What the customers of an online shop did at each age, and what they will do, beside a plain recount of the rows. */

const data = dataSet("online-retail", "orders.csv", "online-retail.json");
const through = "2011-12-09";
const currency = "GBP";

describe.skipIf(!data.isThere)(`the customers of an online shop${data.remark}`, () => {
  const customers = new Map<string, ListedCustomer>();
  /** Month of the first purchase → customers. */
  const sizes = new Map<string, Set<string>>();
  /** "month of the first purchase, month" → who bought, how often, for how much. */
  const recounted = new Map<string, { buyers: Set<string>; orders: number; pence: number }>();

  beforeAll(() => {
    const sales = data
      .rows()
      .filter(({ kind, customer_id, amount_gbp }) => kind === "sale" && customer_id && Number(amount_gbp) > 0)
      .map(({ customer_id: id = "", ordered_at: at = "", amount_gbp: pounds }) => {
        return { id, day: at.slice(0, 10), pence: Math.round(Number(pounds) * 100) };
      });
    const firsts = new Map<string, string>();
    for (const { id, day } of sales) {
      const known = firsts.get(id);
      if (known === undefined || day < known) firsts.set(id, day);
    }
    for (const { id, day, pence } of sales) {
      const joined = (firsts.get(id) ?? "").slice(0, 7);
      sizes.set(joined, (sizes.get(joined) ?? new Set()).add(id));
      const key = `${joined} ${day.slice(0, 7)}`;
      const cell = recounted.get(key) ?? { buyers: new Set<string>(), orders: 0, pence: 0 };
      recounted.set(key, cell);
      cell.buyers.add(id);
      cell.orders += 1;
      cell.pence += pence;
    }
    for (const [key, rows] of Map.groupBy(sales, ({ id, day }) => `${id} ${day}`)) {
      const [id = "", day = ""] = key.split(" ");
      const amount = rows.reduce((sum, { pence }) => sum + BigInt(pence), 0n);
      const customer = customers.get(id) ?? new ListedCustomer(id);
      customers.set(id, customer);
      customer.add({
        ...{
          customerId: id,
          day,
          orders: rows.length,
          refunds: new Map(),
          steps: [],
          subscriptions: [],
          scores: [],
        },
        ...{ revenue: new Map([[currency, amount]]), origin: null },
      });
    }
  });

  function cohorts(): Cohort[] {
    const members = [...customers.values()].map((customer) => {
      const { joinedOn } = standingOn(customer, { inactivityDays: null }, through);
      return { joined: dayNumber(joinedOn ?? ""), group: "", purchases: customer.activeDays(currency) };
    });
    const range = { from: "2010-12-01", to: through };
    return cohortsOf(members, { range, by: "month", through, lastOver: through });
  }

  it("are in the cohorts that a recount of the rows gives, in size, buyers, orders and revenue", () => {
    const found = cohorts();
    expect(found).toHaveLength(13);
    for (const { from, customers: size, cells } of found) {
      const month = from.slice(0, 7);
      expect(size, month).toBe(sizes.get(month)?.size);
      for (const { from: begin, buyers, orders, amountMinor, isOver } of cells) {
        const { buyers: who, orders: often, pence } = recounted.get(`${month} ${begin.slice(0, 7)}`) ?? {};
        const shown = { buyers, orders, amountMinor: Number(amountMinor) };
        const plain = { buyers: who?.size ?? 0, orders: often ?? 0, amountMinor: pence ?? 0 };
        expect(shown, `${month} in ${begin}`).toEqual(plain);
        expect(isOver, begin).toBe(begin < "2011-12-01");
      }
    }
    const [first] = found;
    const shares = first?.cells.slice(0, 4).map(({ buyers }) => (100 * buyers) / first.customers);
    console.info(`retention of the cohort of ${first?.from}: ${shares?.map((share) => share.toFixed(1))}`);
  });

  it("are not predicted, as their purchases do not say how they leave", () => {
    const histories = [...customers.values()].map((customer) => customer.purchases(currency));
    const terms = { months: 12, discountRate: 0, margin: 1, refunded: 0, currency, fittedAt: "" };
    const prediction = predictionOf(histories, dayNumber(through), { through, ...terms });
    // The likelihood is greatest where nobody ever leaves: all 4,338 would be customers still.
    expect(prediction).toMatchObject({
      customers: customers.size,
      model: { reason: expect.stringContaining("do not say how customers leave") },
      holdout: { reason: expect.stringContaining("do not say how customers leave") },
    });
    const last = dayNumber(through);
    const buyers = histories.flatMap((purchases) => buyerOf(purchases, last) ?? []);
    expect(fitBgNbd(buyingCells(buyers))).toHaveProperty("reason");
    console.info(`${buyers.length} buyers through ${dayFromNumber(last)}`);
  });

  it("serve as no holdout in any half of them or of the time either: nowhere do their purchases say how they leave", () => {
    const all = [...customers.values()].map((customer) => customer.purchases(currency));
    const firstDay = (purchases: (typeof all)[number]) => purchases[0]?.day ?? 0;
    const parts = {
      "all of them": all,
      "who came in 2011": all.filter((one) => firstDay(one) >= dayNumber("2011-01-01")),
      "who came since March 2011": all.filter((one) => firstDay(one) >= dayNumber("2011-03-01")),
      "every other one": all.filter((_, index) => index % 2 === 0),
    };
    for (const [part, histories] of Object.entries(parts)) {
      for (const day of ["2011-06-30", "2011-08-31", "2011-10-31", through]) {
        const until = dayNumber(day);
        const known = histories
          .map((purchases) => purchases.filter((purchase) => purchase.day <= until))
          .filter((purchases) => purchases.length > 0);
        expect(holdoutOf(known, until), `${part}, through ${day}`).toMatchObject({
          because: "buyingUnknown",
        });
      }
    }
  });
});
