import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const october = ["2026-10-01", "2026-10-31"] as const;

const noon = "2026-10-10T12:00:00Z";

/** An event of a type, at noon of 10 October unless it says when. */
const at = (type: string, fields: object = {}, occurredAt = noon) => ({ type, occurredAt, ...fields });

describe("uptime", () => {
  it("of one failed probe in 1,000,000 is 99.9999", () => {
    const facts = [at("probe.checked", { up: true, count: 999_999 }), at("probe.checked", { up: false })];
    const { value, components } = new Counted(facts).measure("uptime", ...october);
    expect(value).toBeCloseTo(99.9999, 10);
    expect(components).toEqual({ probes: 1_000_000, good: 999_999, failed: 1 });
  });

  it("without a failure is 100, but never certain", () => {
    const { value, low, high } = new Counted([at("probe.checked", { up: true, count: 96 })]).measure(
      "uptime",
      ...october,
    );
    // Wilson for 96 of 96: 96/(96 + 3.8415).
    expect({ value, high }).toEqual({ value: 100, high: 100 });
    expect(Number(low)).toBeCloseTo(96.152, 2);
  });
});
