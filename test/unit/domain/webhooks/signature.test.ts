import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { newSecret, signatureHeaders } from "../../../../lib/domain/webhooks/signature.ts";

it("what is signed can be verified by any receiver of Standard Webhooks, with each secret that is valid", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.jsonValue(), (id, value) => {
      const [current, before] = [newSecret(), newSecret()];
      const body = JSON.stringify({ value });
      const headers = signatureHeaders({ id, sentAt: Date.now(), body }, [current, before]);
      for (const secret of [current, before]) {
        expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      }
      expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
      expect(() => new Webhook(current).verify(`${body} `, headers)).toThrow();
    }),
    { numRuns: 30 },
  );
});

it("the signature is the one that the specification's own library makes", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const sentAt = Date.parse("2021-02-25T10:30:05Z");
  const [id, body] = ["msg_p5jXN8AQM9LWM0D4loKWxJek", '{"test": 2432232314}'];
  expect(signatureHeaders({ id, sentAt, body }, [secret])).toEqual({
    "webhook-id": id,
    "webhook-timestamp": String(sentAt / 1000),
    "webhook-signature": new Webhook(secret).sign(id, new Date(sentAt), body),
  });
});

it("secrets are never the same", () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  expect(secrets.every((secret) => /^whsec_[A-Za-z0-9+/]{43}=$/.test(secret))).toBe(true);
});
