import { createHash } from "node:crypto";
import { otherCurrencies } from "./currencies.ts";
import { defineMetric } from "./metric.ts";
import { formatMinor } from "./money.ts";
import type { Period } from "./period.ts";
import { percent } from "./statistics/fraction.ts";

/**
 * A number that stands for a symbol, of 40 bits: with its sum and the sum of its squares over some quotes it tells whether they
 * are all of one symbol, without a counter for every symbol.
 */
function numberOf(symbol: string): bigint {
  return BigInt(`0x${createHash("sha256").update(symbol).digest("hex").slice(0, 10)}`);
}

export const sharePrice = defineMetric({
  id: "share-price",
  name: "Share price",
  area: "web",
  description: "What a share cost at the end of the period, and how much that changed.",
  formula: "last price of the period's last day with a quote; change = last price − first price",
  unit: "money",
  better: "higher",
  isVolume: true,
  version: 1,
  minimumSample: 0,
  interval: "None: a price is not estimated from a sample.",
  notes: [
    "A day's last price is the quote with the latest occurredAt, whatever the order of arrival; of several at the very same instant it is the highest.",
    "Nothing is carried over: a period without a quote has no price, as on a day on which there is no trade.",
    "change is the period's last price less its first one; compare=previous gives the change since the last price of the period before.",
    "Symbols and currencies are never mixed. Where several symbols were quoted in the period there is no value: ask for filter.symbol= or groupBy=symbol. Prices in other currencies are series of their own (currency=).",
  ],
  references: [
    { title: "Bodie, Kane & Marcus 2021, Investments, 12th edition, chapter 3: closing prices" },
    {
      title: "Fornell et al. 2006, Customer Satisfaction and Stock Prices, Journal of Marketing 70(1), 3–14",
    },
  ],
  range: () => ({ min: 0, max: null }),
  family: "share-price",
  countsFrom: ["quote"],
  facts: ["share.quoted"],
  counters: ["days:", "opening:", "closing:", "symbol:", "symbolSquares:"],
  increments: {
    "share-traded": (occurrence) => {
      const { symbol, currency, openingMinor, closingMinor } = occurrence;
      const number = numberOf(symbol);
      return {
        [`days:${currency}`]: 1,
        [`opening:${currency}`]: openingMinor,
        [`closing:${currency}`]: closingMinor,
        [`symbol:${currency}`]: number,
        [`symbolSquares:${currency}`]: number * number,
      };
    },
  },
  compute(period, { currency, currencyDecimals }) {
    const days = period.count(`days:${currency}`);
    const prices = isOneSymbol(period, currency) ? pricesOf(period, currency) : undefined;
    const money = (amountMinor: bigint | undefined) =>
      amountMinor === undefined ? null : formatMinor(amountMinor, currencyDecimals);
    const change = prices && prices.last - prices.first;
    const isFree = prices === undefined || prices.first === 0n;
    const remarks = days > 0 && !prices ? [{ id: "remark.severalSymbols" } as const] : [];
    return {
      value: money(prices?.last),
      ...{ low: null, high: null },
      n: days,
      components: {
        daysQuoted: days,
        firstPrice: money(prices?.first),
        lastPrice: money(prices?.last),
        change: money(change),
        changePercent: isFree ? null : percent(change ?? 0n, prices.first),
      },
      ...otherCurrencies("prices", period.cellNames("days:"), currency, remarks),
    };
  },
});

type Prices = "days" | "opening" | "closing" | "symbol" | "symbolSquares";
type PricePeriod = Period<`${Prices}:${string}`, `${Prices}:`>;

/** Only where all are the same number is n·Σx² = (Σx)². */
function isOneSymbol(period: PricePeriod, currency: string): boolean {
  const days = period.sum(`days:${currency}`);
  const sum = period.sum(`symbol:${currency}`);
  return days > 0n && days * period.sum(`symbolSquares:${currency}`) === sum * sum;
}

function pricesOf(period: PricePeriod, currency: string): { first: bigint; last: bigint } | undefined {
  const quoted = period.daily(`days:${currency}`);
  const first = quoted.findIndex((days) => days > 0);
  const last = quoted.findLastIndex((days) => days > 0);
  const opening = period.daily(`opening:${currency}`)[first];
  const closing = period.daily(`closing:${currency}`)[last];
  return opening === undefined || closing === undefined
    ? undefined
    : { first: BigInt(opening), last: BigInt(closing) };
}
