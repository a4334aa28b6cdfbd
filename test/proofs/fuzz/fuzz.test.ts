import { expect, it } from "vitest";
import { fuzz } from "../../fuzz/fuzz.ts";

/** A small run; `npm run fuzz` sends 20,000 requests. */

it("hostile and right requests get no 5xx, and leave exactly what was answered as recorded", async () => {
  const { statuses, recorded, violations } = await fuzz({ seed: 20_261_124, requests: 350 });
  expect(violations).toEqual([]);
  // It reaches what it is there to reach; a wrong content type (415) is too rare among so few.
  expect(recorded).toBeGreaterThan(50);
  for (const status of [200, 201, 400, 401, 403, 404, 422]) expect(statuses[status]).toBeGreaterThan(0);
}, 900_000);
