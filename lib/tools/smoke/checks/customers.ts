import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** Ids that an HTTP API would take for something else in a path. */
const oddEndings = ["", "/b", "?b", "#b", " b", "%2Fb", "+b", "ü"];

/** Customers with odd ids are read and erased as themselves. */
export async function checkCustomers({ walk, run }: SmokeContext): Promise<void> {
  const ids = oddEndings.map((ending) => `${run}:c${ending}`);
  const events = ids.map((customerId, index) => ({
    type: "purchase.made" as const,
    ...{ id: `${run}:odd-${index}`, orderId: `${run}:odd-${index}`, customerId },
    money: { amount: "1.00", currency: "USD" },
  }));
  await walk.track(events);
  const read = (customerId: string) => walk.ask("GET", "/v1/customers", { query: { customerId } });
  for (const [index, id] of ids.entries()) {
    const { status, json } = await read(id);
    walk.note(
      `a customer whose id ends with "c${oddEndings[index]}"`,
      `200 1 purchase`,
      `${status} ${field(json, "purchases")} purchase`,
    );
  }
  const erased = await walk.ask("DELETE", "/v1/customers", { query: { customerId: `${run}:c?b` } });
  walk.note('the customer "c?b" erased', "200", String(erased.status));
  walk.note('the customer "c?b" is gone', "404", String((await read(`${run}:c?b`)).status));
  walk.note('the customer "c" stays', "200", String((await read(`${run}:c`)).status));
  const counted = await walk.ask("GET", "/v1/customers/counts");
  walk.note("how many customers there were", "200", String(counted.status));
  const archiving = await walk.ask("POST", "/v1/archive", { body: {} });
  // 404 where a deployment keeps none.
  const isArchiving = archiving.status === 202 || archiving.status === 404;
  walk.note(
    "closed days archived in the background",
    "202 or 404",
    isArchiving ? "202 or 404" : String(archiving.status),
  );
  const archive = await walk.ask("GET", "/v1/archive");
  const isSaid = archive.status === 200 || archive.status === 404;
  walk.note("how far the archive has come", "200 or 404", isSaid ? "200 or 404" : String(archive.status));
  const cohorts = await walk.ask("GET", "/v1/cohorts");
  walk.note("cohorts of customers", "200", String(cohorts.status));
  const survival = await walk.ask("GET", "/v1/survival");
  walk.note("for how long customers stay", "200", String(survival.status));
  const rfm = await walk.ask("GET", "/v1/rfm");
  walk.note("customers by recency, frequency and money", "200", String(rfm.status));
  const predicted = await walk.ask("POST", "/v1/predictions", { body: {} });
  // A workspace with more than 50,000 customers has a job do it.
  const isAsked = predicted.status === 201 || predicted.status === 202;
  walk.note("a prediction", "201 or 202", isAsked ? "201 or 202" : String(predicted.status));
  const predictions = await walk.ask("GET", "/v1/predictions", { query: { limit: "1" } });
  walk.note("predictions", "200", String(predictions.status));
}
