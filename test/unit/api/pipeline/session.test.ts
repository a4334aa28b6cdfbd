import { describe, expect, it } from "vitest";
import { refuseForeignForm, sessionCookie, sessionTokenOf } from "../../../../lib/api/pipeline/session.ts";

const token = "a".repeat(43);

describe("the cookie of a session", () => {
  it.each([
    "metrics.example.com",
    "abc.execute-api.eu-central-1.amazonaws.com",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
  ])("is only for TLS at %s", (host) => {
    expect(sessionCookie({ headers: { host } }, token)).toContain("; Secure");
  });

  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost"])("needs no TLS at %s", (host) => {
    expect(sessionCookie({ headers: { host } }, token)).not.toContain("Secure");
  });

  it("is found among others, and an empty one ends at once", () => {
    const headers = { host: "localhost:3000" };
    expect(sessionTokenOf({ headers, cookies: ["a=b", `session=${token}`, "session2=c"] })).toBe(token);
    expect(sessionTokenOf({ headers })).toBeUndefined();
    expect(sessionCookie({ headers: {} }, "")).toContain("Max-Age=0");
  });

  it("is taken over TLS only where this host alone can have set it, and not a sibling domain", () => {
    const headers = { host: "metrics.example.com" };
    const [own = ""] = sessionCookie({ headers }, token).split(";");
    expect(own).toBe(`__Host-session=${token}`);
    const planted = `session=${"b".repeat(43)}`;
    expect(sessionTokenOf({ headers, cookies: [planted] })).toBeUndefined();
    expect(sessionTokenOf({ headers, cookies: [planted, own] })).toBe(token);
  });
});

describe("a form", () => {
  const host = "metrics.example.com";
  it("is taken from a page of this site", () => {
    const headers = { host, origin: `https://${host}`, "sec-fetch-site": "same-origin" };
    expect(() => refuseForeignForm({ headers })).not.toThrow();
    expect(() => refuseForeignForm({ headers: { host, origin: `https://${host}` } })).not.toThrow();
  });

  it.each([
    [{ host }],
    [{ host, origin: "null" }],
    [{ host, origin: "https://evil.example" }],
    [{ host, origin: `https://${host}:8443` }],
    [{ host, origin: `https://${host}`, "sec-fetch-site": "cross-site" }],
    [{ origin: "https://evil.example" }],
  ])("with %j is refused", (headers) => {
    expect(() => refuseForeignForm({ headers })).toThrow("only be sent from this site");
  });
});
