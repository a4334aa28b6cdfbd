import { describe, expect, it } from "vitest";
import { type Principal, principalContext, principalOf } from "../../../../lib/api/pipeline/principal.ts";
import { anything, publicRules } from "../../../../lib/domain/facts/sender-rules.ts";
import { deploymentLimits, publicLimits } from "../../../../lib/store/settings/api-keys.ts";

const now = Date.parse("2026-10-01T12:00:00Z");
const admin: Principal = {
  ...{ workspace: "shop", keyId: "3f9a01c2b4d5", scopes: ["admin"], origins: [] },
  ...{ isPublic: false, rules: anything, limits: deploymentLimits },
};

describe("what the authorizer hands on", () => {
  it.each<[string, Principal]>([
    ["a key", admin],
    ["several scopes", { ...admin, scopes: ["ingest", "read"] }],
    ["origins", { ...admin, scopes: ["ingest"], origins: ["https://shop.example", "http://localhost:8080"] }],
    ["a public key", { ...admin, isPublic: true, rules: publicRules, limits: publicLimits }],
    ["an expiry", { ...admin, validUntil: "2026-10-01T12:00:00.001Z" }],
  ])("arrives as it was: %s", (_name, principal) => {
    expect(principalOf(principalContext(principal), now)).toEqual(principal);
  });

  it("is flat text, as API Gateway passes it on", () => {
    for (const value of Object.values(principalContext(admin))) expect(value).toBeTypeOf("string");
  });

  it.each(["2026-10-01T12:00:00Z", "2026-10-01T13:59:59+02:00", "2020-01-01T00:00:00Z", "soon"])(
    "vouches for nobody once the key has expired: %s",
    (validUntil) => {
      expect(principalOf(principalContext({ ...admin, validUntil }), now)).toBeUndefined();
    },
  );

  it.each([undefined, null, {}, "admin", { ...principalContext(admin), workspace: "" }, { scopes: "admin" }])(
    "vouches for nobody where it is %j",
    (context) => {
      expect(principalOf(context, now)).toBeUndefined();
    },
  );

  it.each([
    [true, publicRules],
    [false, { ...anything, maxCount: 1 }],
  ])(
    "lets a key from before there were replacements replace facts only where it is not public: %s",
    (isPublic, rules) => {
      const { replaces: _, ...before } = rules;
      const context = { ...principalContext({ ...admin, isPublic }), rules: JSON.stringify(before) };
      expect(principalOf(context, now)?.rules).toEqual({ ...rules, replaces: !isPublic });
    },
  );

  it("has no scope that the product does not know", () => {
    expect(principalOf({ ...principalContext(admin), scopes: "root read" }, now)?.scopes).toEqual(["read"]);
  });
});
