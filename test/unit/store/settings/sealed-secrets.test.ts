import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSecret, sealingKeyOf, sealSecret } from "../../../../lib/store/settings/sealed-secrets.ts";

const token = "src_Zx0T000000000000000000000000000000000000000";

describe("a sealed secret", () => {
  it("is opened by the token alone, for what it was sealed for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, place) => {
        const sealed = sealSecret(sealingKeyOf(token), place, text.toWellFormed());
        expect(openSecret(token, place, sealed)).toBe(text.toWellFormed());
        expect(() => openSecret(token, `${place}/other`, sealed)).toThrow();
        expect(() => openSecret(`${token}x`, place, sealed)).toThrow();
      }),
      { numRuns: 30 },
    );
  });

  it("cannot be changed, and is another text each time", () => {
    const sealed = sealSecret(sealingKeyOf(token), "w/s", "whsec_made-up");
    expect(sealSecret(sealingKeyOf(token), "w/s", "whsec_made-up")).not.toBe(sealed);
    const bytes = Buffer.from(sealed, "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => openSecret(token, "w/s", changed.toString("base64url")), String(at)).toThrow();
    }
  });

  it("has nothing of the secret or of the token in it", () => {
    const sealed = sealSecret(sealingKeyOf(token), "w/s", "whsec_made-up");
    const bytes = Buffer.from(sealed, "base64url").toString("latin1");
    expect([bytes.includes("whsec_"), sealed.includes(token), sealingKeyOf(token).includes(token)]).toEqual([
      ...[false, false, false],
    ]);
  });
});
