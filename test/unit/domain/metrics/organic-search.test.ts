import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("organic-search", () => {
  it("adds up visits", () => {
    const facts = [at("search.landed", { keyword: "shoes", count: 40 }), at("search.landed")];
    expect(new Counted(facts).measure("organic-search", ...october)).toMatchObject({ value: 41, n: 41 });
  });
});
