import { expect } from "vitest";
import { payloadsOf } from "../../fixtures/sources/payloads.ts";
import { secretOf, signed } from "../../fixtures/sources/sign.ts";
import type { Call } from "./manage-settings.ts";

/** The walk over sources: made, called by their provider, read again, deleted. */

/** @param onWalked hears of routes that are not called by `call` */
export async function manageSources(call: Call, onWalked: (key: string) => void): Promise<void> {
  const [id, provider] = ["answers", "typeform"];
  const body = { provider, secret: secretOf[provider] };
  const { address } = (await call("PUT", "/v1/sources/{id}", { id, body })) as { address: string };
  await call("PUT", "/v1/sources/{id}", { id, body });
  expect((await fetch(address, { method: "HEAD" })).status).toBe(200);
  onWalked("HEAD /v1/sources/{id}");
  await call("POST", "/v1/sources/{id}", sentTo(address, provider, "all-answered"));
  await call("GET", "/v1/sources/{id}", { id });
  expect(await call("GET", "/v1/sources/{id}/unmapped", { id })).toMatchObject({
    items: [{ event: "form_response", isKept: true }],
  });
  const scores = { questions: [{ question: "recommend", survey: "nps" }] };
  // Read again, it still tells nothing; then it does.
  expect(await call("POST", "/v1/sources/{id}/replay", { id, body: {} })).toMatchObject({ mapped: 0 });
  await call("PUT", "/v1/sources/{id}", { id, body: { ...body, options: scores } });
  expect(await call("POST", "/v1/sources/{id}/replay", { id, body: {} })).toMatchObject({ recorded: 1 });
  // Of a rating that is changed the latest counts, which takes the one before out.
  const ratings = { provider: "zendesk", secret: secretOf["zendesk"] };
  const made = await call("PUT", "/v1/sources/{id}", { id: "ratings", body: ratings });
  for (const name of ["rating-good", "rating-changed", "ticket-created"]) {
    await call("POST", "/v1/sources/{id}", sentTo((made as { address: string }).address, "zendesk", name));
  }
  expect(await call("GET", "/v1/sources")).toMatchObject({ items: [{ id }, { id: "ratings" }] });
  await call("DELETE", "/v1/sources/{id}", { id });
}

function sentTo(address: string, provider: string, name: string) {
  const payload = payloadsOf(provider).find((one) => one.name === name)?.body ?? "";
  const body = JSON.parse(payload) as object;
  return { id: address.split("/").at(-1) ?? "", body, headers: signed(provider, payload, { name }) };
}
