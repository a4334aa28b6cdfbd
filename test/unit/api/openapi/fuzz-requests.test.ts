import { expect, it } from "vitest";
import { documentedRoutes } from "../../../fixtures/documented.ts";
import { makeRequest } from "../../../fuzz/requests.ts";
import { seededRandom } from "../../domain/metrics/statistics/random.ts";

it("requests by chance are of every route, whatever its body and its parameters", () => {
  const random = seededRandom(21);
  const made = new Set(Array.from({ length: 6_000 }, () => makeRequest(random).one.key));
  expect([...made].sort()).toEqual(documentedRoutes.map(({ key }) => key).sort());
});
