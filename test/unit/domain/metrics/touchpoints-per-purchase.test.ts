import { describe, expect, it } from "vitest";
import { Counted, purchase } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;
const at = (customerId: string, day: string, touchpoint: string) => ({
  ...{ type: "interaction.made", customerId, touchpoint },
  occurredAt: `${day}T12:00:00Z`,
});

describe("touchpoints for a purchase", () => {
  const facts = [
    // Five different touchpoints, one of them twice.
    ...["app", "app", "shop", "mail", "phone", "web"].map((touchpoint) => at("a", "2026-03-05", touchpoint)),
    purchase("a", "2026-03-10"),
    // One touchpoint in the 30 days up to the purchase: the other is 30 days before it, or after it.
    at("b", "2026-02-16", "app"),
    at("b", "2026-02-17", "shop"),
    at("b", "2026-03-19", "mail"),
    purchase("b", "2026-03-18"),
    // Nothing is known of the way to these.
    purchase("c", "2026-03-18"),
    purchase(undefined, "2026-03-18"),
  ];

  it("are the mean of the different ones in the 30 days up to it, and the share above four", () => {
    const { value, n, components } = new Counted(facts).measure("touchpoints-per-purchase", ...month);
    expect({ value, n }).toEqual({ value: 3, n: 2 });
    expect(components).toMatchObject({ purchases: 2, touchpoints: 6, aboveFour: 1, aboveFourPercent: 50 });
  });

  it("are counted in whatever order the facts arrive, and for each purchase of a day", () => {
    const twice = [...facts, { ...purchase("a", "2026-03-10"), orderId: "second" }];
    for (const sent of [twice, twice.toReversed()]) {
      expect(new Counted(sent).measure("touchpoints-per-purchase", ...month)).toMatchObject({
        ...{ value: 11 / 3, n: 3 },
        components: { aboveFour: 2 },
      });
    }
  });

  it("are as uncertain as their customers make them, once that was measured, and so is the share above four", () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      const [customer, touchpoints] = [`c${index % 40}`, index % 3 === 0 ? 6 : 2];
      const day = `2026-03-${String(1 + (index % 28)).padStart(2, "0")}`;
      return [
        ...Array.from({ length: touchpoints }, (_, at2) => at(`${customer} ${index}`, day, `t${at2}`)),
        { ...purchase(`${customer} ${index}`, day), orderId: `o${index}` },
      ];
    }).flat();
    const effect = {
      days: 31,
      inflation: 4,
      customersPerCase: 0.2,
      clustersPerCase: 0.2,
      skewness: 0,
      needed: 28,
    };
    const measure = (settings: object) =>
      new Counted(many).measure("touchpoints-per-purchase", ...month, settings);
    const [plain, measured] = [measure({}), measure({ customerEffects: [effect] })];
    const width = ({ low, high }: { low: unknown; high: unknown }) => Number(high) - Number(low);
    expect(width(measured) / width(plain)).toBeGreaterThan(1.7);
    expect(measured).toMatchObject({ method: "by-customer", sample: { kind: "mean", n: 200 } });
    const share = (of: typeof plain) =>
      Number(of.components["aboveFourHigh"]) - Number(of.components["aboveFourLow"]);
    expect(share(measured) / share(plain)).toBeGreaterThan(1.7);
  });

  it("are none where nobody was in touch", () => {
    const { value, n } = new Counted([purchase("c", "2026-03-18")]).measure(
      "touchpoints-per-purchase",
      ...month,
    );
    expect({ value, n }).toEqual({ value: null, n: 0 });
  });
});
