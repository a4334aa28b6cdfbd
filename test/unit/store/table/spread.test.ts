import { describe, expect, it } from "vitest";
import { maxSpread, Spreads } from "../../../../lib/store/table/spread.ts";

/** Notes that so many transactions met nobody. */
function calm(spreads: Spreads, name: string, times: number): void {
  for (let time = 0; time < times; time += 1) spreads.passed(name);
}

describe("what a process has learnt of collisions", () => {
  it("is nothing at first: everything goes to one item", () => {
    expect(new Spreads().of("sales")).toBe(1);
  });

  it("doubles with each collision, of one name alone, and ends at sixteen", () => {
    const spreads = new Spreads();
    const seen = Array.from({ length: 6 }, () => {
      spreads.collided("sales", spreads.of("sales"));
      return spreads.of("sales");
    });
    expect(seen).toEqual([2, 4, 8, 16, maxSpread, maxSpread]);
    expect(spreads.of("nps")).toBe(1);
  });

  it("doubles once for all that collide at the same moment", () => {
    const spreads = new Spreads();
    for (let writer = 0; writer < 8; writer += 1) spreads.collided("sales", 1);
    expect(spreads.of("sales")).toBe(2);
  });

  it("is forgotten slowly: halved after fifty transactions in a row that met nobody", () => {
    const spreads = new Spreads();
    for (const spread of [1, 2]) spreads.collided("sales", spread);
    calm(spreads, "sales", 49);
    expect(spreads.of("sales")).toBe(4);
    calm(spreads, "sales", 1);
    expect(spreads.of("sales")).toBe(2);
    calm(spreads, "sales", 49);
    spreads.collided("sales", 1);
    calm(spreads, "sales", 49);
    expect(spreads.of("sales")).toBe(2);
    calm(spreads, "sales", 1);
    expect(spreads.of("sales")).toBe(1);
  });

  it("is kept of a thousand names, those that collided last", () => {
    const spreads = new Spreads();
    for (let name = 0; name < 1_001; name += 1) spreads.collided(`n${name}`, 1);
    expect([spreads.of("n0"), spreads.of("n1"), spreads.of("n1000")]).toEqual([1, 2, 2]);
  });
});
