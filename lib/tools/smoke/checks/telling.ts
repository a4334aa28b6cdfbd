import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** An alert, and a webhook to the account's event bus with one event for a test. */
export async function checkTelling({ walk, run }: SmokeContext): Promise<void> {
  const id = `${run}-telling`.slice(-40).replace(/^[^A-Za-z0-9]+/, "");
  const status = async (asked: Promise<{ readonly status: number }>) => String((await asked).status);
  const alert = { metric: "nps" };
  walk.note("an alert", "201", await status(walk.ask("PUT", "/v1/alerts/{id}", { id, body: alert })));
  walk.note("the alert read", "200", await status(walk.ask("GET", "/v1/alerts/{id}", { id })));
  walk.note("the list of alerts", "200", await status(walk.ask("GET", "/v1/alerts")));
  walk.note("the alert removed", "200", await status(walk.ask("DELETE", "/v1/alerts/{id}", { id })));
  const webhook = { target: { eventBridge: true }, events: ["digest.ready"], enabled: false };
  walk.note("a webhook", "201", await status(walk.ask("PUT", "/v1/webhooks/{id}", { id, body: webhook })));
  walk.note("the webhook read", "200", await status(walk.ask("GET", "/v1/webhooks/{id}", { id })));
  walk.note("the list of webhooks", "200", await status(walk.ask("GET", "/v1/webhooks")));
  const rotated = walk.ask("POST", "/v1/webhooks/{id}/rotate", { id, body: {} });
  walk.note("no secret for the event bus", "409", await status(rotated));
  const tested = await walk.ask("POST", "/v1/webhooks/{id}/test", { id, body: {} });
  walk.note("an event for a test", "202", String(tested.status));
  const listed = walk.ask("GET", "/v1/webhooks/{id}/deliveries", { id });
  walk.note("its deliveries", "200", await status(listed));
  const delivery = field(tested.json, "id");
  const again = walk.ask("POST", "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", {
    ...{ id, delivery, body: {} },
  });
  walk.note("delivered again", "202", await status(again));
  walk.note("the webhook removed", "200", await status(walk.ask("DELETE", "/v1/webhooks/{id}", { id })));
}
