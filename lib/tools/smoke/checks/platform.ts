import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** The dashboard's widget and the alarms: only where an account was named. */
export async function checkPlatform({ walk, account }: SmokeContext): Promise<void> {
  if (account === undefined) return;
  const workspace = field((await walk.ask("GET", "/v1/workspace")).json, "id");
  const widget = await account.drawWidget({ workspace, metrics: ["nps"] });
  const isDrawn = widget.includes("Net Promoter Score");
  walk.note("the dashboard's widget", "its metric", isDrawn ? "its metric" : widget.slice(0, 60));
  const alarms = await account.alarms();
  if (alarms === undefined) return;
  const ringing = alarms.filter(({ state }) => state === "ALARM").map(({ name }) => name);
  walk.note("the stack's alarms", "some", alarms.length > 0 ? "some" : "none");
  walk.note("alarms that ring", "none", ringing.length === 0 ? "none" : ringing.join(", "));
}
