import { createHmac } from "node:crypto";
import type { SmokeContext } from "../context.ts";
import { field } from "../walk.ts";

/** A source of webhooks, and a delivery to it as Stripe signs it. */
export async function checkSources({ walk, run, today }: SmokeContext): Promise<void> {
  const id = `${run}-source`.slice(-40).replace(/^[^A-Za-z0-9]+/, "");
  const secret = `whsec_${run}`;
  const made = await walk.ask("PUT", "/v1/sources/{id}", { id, body: { provider: "stripe", secret } });
  walk.note("a source of webhooks", "201", String(made.status));
  const address = field(made.json, "address").split("/").at(-1) ?? "";
  const there = await walk.ask("HEAD", "/v1/sources/{id}", { id: address, key: null });
  walk.note("its address, without a key", "200", String(there.status));
  const seconds = Math.floor(Date.parse(`${today}T00:00:00Z`) / 1000);
  const charge = { id: `ch_${run}`, created: seconds, amount: 990, currency: "usd", captured: true };
  const event = { id: `evt_${run}`, type: "charge.succeeded", created: seconds, livemode: true };
  const body = JSON.stringify({ ...event, data: { object: charge } });
  const signedAt = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${signedAt}.${body}`).digest("hex");
  const deliver = (v1: string) =>
    walk.ask("POST", "/v1/sources/{id}", {
      ...{ id: address, key: null, body },
      headers: { "stripe-signature": `t=${signedAt},v1=${v1}` },
    });
  const unsigned = await deliver(signature.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
  walk.note("a delivery that nobody signed", "401", String(unsigned.status));
  const delivered = await deliver(signature);
  walk.note("a signed delivery", "200 1", `${delivered.status} ${field(delivered.json, "recorded")}`);
  const again = await deliver(signature);
  walk.note("the same again", "200 1", `${again.status} ${field(again.json, "duplicate")}`);
  const read = await walk.ask("GET", "/v1/sources/{id}", { id });
  walk.note("the source read", "signature", field(read.json, "verifiedBy"));
  walk.note("the list of sources", "200", String((await walk.ask("GET", "/v1/sources")).status));
  const unmapped = await walk.ask("GET", "/v1/sources/{id}/unmapped", { id });
  walk.note("what could not be mapped", "200 []", `${unmapped.status} ${field(unmapped.json, "items")}`);
  const replayed = await walk.ask("POST", "/v1/sources/{id}/replay", { id, body: {} });
  walk.note("that read again", "200 0", `${replayed.status} ${field(replayed.json, "replayed")}`);
  walk.note(
    "the source removed",
    "200",
    String((await walk.ask("DELETE", "/v1/sources/{id}", { id })).status),
  );
}
