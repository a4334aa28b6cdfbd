/** The questions, each for the product's API and in SQL. Answers are compared by their sums. */

/** A question. */
export interface Asked {
  readonly name: string;
  /** The path, without its days. */
  readonly path: string;
  /** In SQL: `{purchases}` stands for the table, with columns channel, plan and country. The last column adds up. */
  readonly sql: string;
  /** What of the API's entries adds up to the same. */
  readonly sumOf: (entry: {
    readonly value: unknown;
    readonly n: number;
    readonly components: Components;
  }) => number;
}

type Components = Readonly<Record<string, unknown>>;

/** All of them. */
export const asked: readonly Asked[] = [
  {
    name: "sales by channel and plan",
    path: "/v1/metrics/sales?groupBy=channel,plan",
    sql: "SELECT channel, plan, count(*), sum(amount) FROM {purchases} GROUP BY 1, 2 ORDER BY 3 DESC",
    sumOf: ({ value }) => Number(value),
  },
  {
    name: "sales of two countries and one channel by plan, each month",
    path: "/v1/metrics/sales?groupBy=plan&filter.country=de,fr&filter.channel=web&interval=month",
    sql: "SELECT date_trunc('month', day), plan, count(*), sum(amount) FROM {purchases} WHERE country IN ('de', 'fr') AND channel = 'web' GROUP BY 1, 2 ORDER BY 1, 2",
    sumOf: ({ value }) => Number(value),
  },
  {
    name: "orders by channel, country and weekday",
    path: "/v1/metrics/average-order-value?groupBy=channel,country,weekday",
    sql: "SELECT channel, country, extract(isodow FROM day), avg(amount), count(*) FROM {purchases} GROUP BY 1, 2, 3 ORDER BY 5 DESC",
    sumOf: ({ n }) => n,
  },
  {
    name: "customers won, by the channel and plan of their first purchase",
    path: "/v1/metrics/customers?groupBy=channel,plan",
    sql: `SELECT channel, plan, count(*) FROM (
      SELECT channel, plan, row_number() OVER (PARTITION BY customer_id ORDER BY occurred_at, id) AS place FROM {purchases}
    ) AS ordered WHERE place = 1 GROUP BY 1, 2 ORDER BY 3 DESC`,
    sumOf: ({ components }) => Number(components["new"]),
  },
  {
    name: "returning customers and their orders, by country",
    path: "/v1/metrics/loyalty?groupBy=country",
    sql: `SELECT country, sum(orders) FILTER (WHERE orders > 1), count(*) FILTER (WHERE orders > 1) FROM (
      SELECT customer_id, count(*) AS orders, min(country) FILTER (WHERE place = 1) AS country FROM (
        SELECT customer_id, country, row_number() OVER (PARTITION BY customer_id ORDER BY occurred_at, id) AS place FROM {purchases}
      ) AS ordered GROUP BY 1
    ) AS customers GROUP BY 1 ORDER BY 2 DESC`,
    sumOf: ({ components, n }) => Number(components["customers"] ?? n),
  },
];
