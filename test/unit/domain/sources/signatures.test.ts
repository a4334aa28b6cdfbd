import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGenuine } from "../../../../lib/domain/sources/read-delivery.ts";
import { providers } from "../../../../lib/domain/sources/registry.ts";
import { payloadsOf } from "../../../fixtures/sources/payloads.ts";
import { secretOf, signed } from "../../../fixtures/sources/sign.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const minute = 60_000;

/** Providers whose signatures say when they were made. */
const timed = ["stripe", "zendesk", "chatwoot", "formbricks"];

function verified(
  provider: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  { secrets = [secretOf[provider] ?? ""], isUnsigned = false, receivedAt = now } = {},
): boolean {
  const delivery = { body: Buffer.from(body), headers, receivedAt };
  return isGenuine(delivery, { provider, isUnsigned, options: {}, dimensions: {} }, { secrets });
}

describe.each(providers.map(({ name }) => [name] as const))("deliveries of %s", (provider) => {
  const body = payloadsOf(provider)[0]?.body ?? "";
  const headers = signed(provider, body, { at: now });

  it("are taken as the provider signs them", () => {
    for (const payload of payloadsOf(provider)) {
      expect(verified(provider, payload.body, signed(provider, payload.body, { at: now }))).toBe(true);
    }
  });

  it("are refused with another secret, and taken by either of two while one is changed", () => {
    const other = `whsec_${Buffer.from("another secret of somebody").toString("base64")}`;
    const byOther = signed(provider, body, { at: now, secret: other });
    expect(verified(provider, body, byOther)).toBe(false);
    expect(verified(provider, body, byOther, { secrets: [secretOf[provider] ?? "", other] })).toBe(true);
    expect(verified(provider, body, headers, { secrets: [other, secretOf[provider] ?? ""] })).toBe(true);
  });

  it("are refused without a secret, without headers, and with empty or broken ones", () => {
    expect(verified(provider, body, headers, { secrets: [] })).toBe(false);
    expect(verified(provider, body, {})).toBe(false);
    const names = Object.keys(headers).filter((name) => !["content-type", "x-shopify-topic"].includes(name));
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.oneof(fc.constant(""), fc.string(), fc.base64String()),
        (name, value) => {
          const needed = name !== "x-shopify-shop-domain" && name !== "sm-apikey";
          fc.pre(needed && value !== headers[name]);
          expect(verified(provider, body, { ...headers, [name]: value })).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  // RudderStack sends the secret itself, and signs nothing.
  if (provider === "rudderstack") return;
  it("are refused when one byte of the body differs", () => {
    const bytes = Buffer.from(body);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8((changed.readUInt8(at) + change) % 256, at);
        expect(verified(provider, changed, headers)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

it.each(timed)(
  "a signature of %s is refused five minutes after it was made, and from the future",
  (provider) => {
    const body = payloadsOf(provider)[0]?.body ?? "";
    const headers = signed(provider, body, { at: now });
    expect(verified(provider, body, headers, { receivedAt: now + 5 * minute })).toBe(true);
    expect(verified(provider, body, headers, { receivedAt: now + 5 * minute + 1_000 })).toBe(false);
    expect(verified(provider, body, headers, { receivedAt: now - 5 * minute - 1_000 })).toBe(false);
  },
);

it("Stripe lists two signatures while a secret is rolled, and only some are looked at", () => {
  const body = "{}";
  const [time = "", good = ""] = (signed("stripe", body, { at: now })["stripe-signature"] ?? "").split(",");
  const bad = `v1=${"0".repeat(64)}`;
  expect(verified("stripe", body, { "stripe-signature": [time, bad, good].join(",") })).toBe(true);
  expect(verified("stripe", body, { "stripe-signature": [good, time].join(", ") })).toBe(true);
  const many = [time, ...Array.from({ length: 5_000 }, () => bad), good].join(",");
  expect(verified("stripe", body, { "stripe-signature": many })).toBe(false);
});

it("a source that may go unsigned is taken by its address alone, unless it has a secret or its provider signs", () => {
  expect(verified("chatwoot", "{}", {}, { secrets: [], isUnsigned: true })).toBe(true);
  expect(verified("chatwoot", "{}", {}, { isUnsigned: true })).toBe(false);
  expect(verified("stripe", "{}", {}, { secrets: [], isUnsigned: true })).toBe(false);
});

it("deliveries of a provider that is not known are refused", () => {
  expect(verified("nobody", "{}", {}, { secrets: ["a secret"], isUnsigned: true })).toBe(false);
});
