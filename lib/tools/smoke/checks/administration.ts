import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** Goals, settings and the audit. */
export async function checkAdministration({ walk, run, today, dayBefore }: SmokeContext): Promise<void> {
  const id = run;
  const goal = { name: "Smoke test", metric: "nps", target: { value: 50 }, dueDate: dayBefore(-30) };
  const put = await walk.ask("PUT", "/v1/goals/{id}", { id, body: goal });
  walk.note("a goal", "201", String(put.status));
  const read = await walk.ask("GET", "/v1/goals/{id}", { id });
  walk.note("the goal read", `200 ${id}`, `${read.status} ${field(read.json, "id")}`);
  walk.note("the list of goals", "200", String((await walk.ask("GET", "/v1/goals")).status));
  walk.note("the goal removed", "200", String((await walk.ask("DELETE", "/v1/goals/{id}", { id })).status));
  const annotation = { from: today, text: "Smoke test" };
  const noted = await walk.ask("PUT", "/v1/annotations/{id}", { id, body: annotation });
  walk.note("an annotation", "201", String(noted.status));
  const readBack = await walk.ask("GET", "/v1/annotations/{id}", { id });
  walk.note("the annotation read", `200 ${id}`, `${readBack.status} ${field(readBack.json, "id")}`);
  walk.note("the list of annotations", "200", String((await walk.ask("GET", "/v1/annotations")).status));
  const gone = await walk.ask("DELETE", "/v1/annotations/{id}", { id });
  walk.note("the annotation removed", "200", String(gone.status));
  const settings = await walk.ask("GET", "/v1/workspace");
  walk.note("the workspace", "200", String(settings.status));
  const timeZone = field(settings.json, "timeZone");
  const changed = await walk.ask("PATCH", "/v1/workspace", { body: { timeZone } });
  walk.note(
    "its time zone set to what it is",
    `200 ${timeZone}`,
    `${changed.status} ${field(changed.json, "timeZone")}`,
  );
  const values = await walk.ask("GET", "/v1/dimensions/{id}", { id: "channel" });
  walk.note("the values of channel", "200 channel", `${values.status} ${field(values.json, "name")}`);
  const pinned = await walk.ask("PATCH", "/v1/dimensions/{id}", { id: "channel", body: { pin: ["smoke"] } });
  walk.note("a value of channel pinned", "200", String(pinned.status));
  const audit = await walk.ask("POST", "/v1/reconciliation", { body: { from: dayBefore(3), to: today } });
  walk.note(
    "a reconciliation of four days",
    "200 0 differences",
    `${audit.status} ${field(audit.json, "differencesTotal")} differences`,
  );
  const unknown = await walk.ask("GET", "/v1/reconciliation/{id}", { id: "none" });
  walk.note("a reconciliation that nobody asked for", "404", String(unknown.status));
  const share = await walk.ask("POST", "/v1/shares", { body: { path: "/metrics/nps", days: 1 } });
  const shared = String(field(share.json, "id"));
  walk.note("a shared link", "201", String(share.status));
  walk.note("the list of shared links", "200", String((await walk.ask("GET", "/v1/shares")).status));
  const revoked = await walk.ask("DELETE", "/v1/shares/{id}", { id: shared });
  walk.note("the shared link revoked", "200", String(revoked.status));
}
