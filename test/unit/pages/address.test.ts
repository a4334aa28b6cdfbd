import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { address, safeReturn } from "../../../lib/pages/address.ts";

describe("addresses", () => {
  it("hold what is chosen, changed where that is said, and nothing that is empty", () => {
    const parameters = { from: "2026-10-01", sort: "name", area: "" };
    expect(address("/", parameters, { sort: "change" })).toBe("/?from=2026-10-01&sort=change");
    expect(address("/", parameters, { sort: "", from: "" })).toBe("/");
  });

  it("hold any text as it was", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, value) => {
        const { searchParams } = new URL(address("/x", { [name]: value }), "https://example.com");
        expect(searchParams.get(name)).toBe(value.toWellFormed());
      }),
    );
  });
});

describe("where to go on after signing in", () => {
  it.each(["/", "/metrics/nps?from=2026-10-01&groupBy=channel", "/comments?q=%20late"])(
    "%s is kept",
    (path) => {
      expect(safeReturn(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "javascript:alert(1)",
    "/\r\nset-cookie: a=b",
    "/\tevil",
  ])("%j leads to the first page instead", (wanted) => {
    expect(safeReturn(wanted)).toBe("/");
  });

  it("is always on this site", () => {
    fc.assert(
      fc.property(fc.string(), (wanted) => {
        const { origin } = new URL(safeReturn(wanted), "https://own.example");
        expect(origin).toBe("https://own.example");
      }),
    );
  });
});
