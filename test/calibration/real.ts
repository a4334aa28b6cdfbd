import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { averageOrderValue } from "../../lib/domain/metrics/average-order-value.ts";
import { nps } from "../../lib/domain/metrics/nps.ts";
import type { Random } from "./draws.ts";
import { addOrder, type Kind } from "./kinds.ts";

/** What is drawn from the real data in `../shared/data`, where they are: the truth is that of all rows. */

const folder = new URL("../../../shared/data/", import.meta.url);

/** Orders and answers one by one, or customers with all of theirs. */
const realSizes = [30, 50, 400, 1_500];

type Row = Readonly<Record<string, string>>;

function rowsOf(file: string): readonly Row[] {
  const path = new URL(file, folder);
  return existsSync(path) ? parse(readFileSync(path), { columns: true }) : [];
}

function anyOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to draw from");
  return item;
}

interface Order {
  readonly customer: string;
  readonly day: number;
  readonly amount: number;
}

function readOrders(): readonly Order[] {
  const first = Date.parse("2010-12-01");
  return rowsOf("online-retail/orders.csv")
    .filter((row) => row["kind"] === "sale" && Number(row["amount_gbp"]) > 0)
    .map((row) => ({
      customer: row["customer_id"] ?? "",
      day: Math.floor((Date.parse(row["ordered_at"] ?? "") - first) / 86_400_000),
      amount: Number(row["amount_gbp"]),
    }));
}

function mean(orders: readonly Order[]): number {
  return orders.reduce((sum, { amount }) => sum + amount, 0) / orders.length;
}

/** Orders one by one: each is as probable as any other. */
function orders(): Kind[] {
  const all = readOrders();
  if (all.length === 0) return [];
  return [
    {
      name: "real orders",
      ...{ metric: averageOrderValue, truth: mean(all), length: 30, sizes: realSizes },
      draw(random, n, days, effect) {
        for (let drawn = 0; drawn < n; drawn += 1) {
          addOrder(days, drawn, days.anyDay(random), anyOf(random, all).amount * (1 + effect));
        }
      },
    },
  ];
}

/** Customers with all their orders of some days: some spend much more than others, time and again. */
function customers(name: string, from: number, length: number): Kind[] {
  const all = readOrders().filter(
    ({ customer, day }) => customer !== "" && day >= from && day < from + length,
  );
  if (all.length === 0) return [];
  const byCustomer = [...Map.groupBy(all, ({ customer }) => customer).values()];
  return [
    {
      name: `real customers with all their orders of ${name}`,
      ...{ metric: averageOrderValue, truth: mean(all), length, sizes: realSizes },
      draw(random, n, days, effect) {
        for (let drawn = 0; drawn < n; drawn += 1) {
          for (const { day, amount } of anyOf(random, byCustomer)) {
            addOrder(days, drawn, day - from, amount * (1 + effect));
          }
        }
      },
    },
  ];
}

function scores(): Kind[] {
  const all = rowsOf("garden-centre-nps/responses.csv").map((row) => Number(row["nps"]));
  if (all.length === 0) return [];
  const share = (holds: (score: number) => boolean) => all.filter(holds).length / all.length;
  return [
    {
      name: "real scores of 0 to 10",
      metric: nps,
      truth: 100 * (share((score) => score >= 9) - share((score) => score <= 6)),
      length: 30,
      sizes: realSizes,
      draw(random, n, days, effect) {
        for (let drawn = 0; drawn < n; drawn += 1) {
          const score = random() < effect ? 10 : anyOf(random, all);
          days.add(days.anyDay(random), { [`0-10:${score}`]: 1 });
        }
      },
    },
  ];
}

/** Everything that is drawn from real data; nothing where they are not there. */
export function realKinds(): readonly Kind[] {
  return [
    ...orders(),
    ...customers("a month", 300, 30),
    ...customers("a quarter", 270, 90),
    ...customers("a year", 0, 374),
    ...scores(),
  ];
}
