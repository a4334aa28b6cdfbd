import { expect, it } from "vitest";
import { HttpProblem } from "../../../../../lib/api/pipeline/problem.ts";
import { requireArchive } from "../../../../../lib/api/routes/archive/require-archive.ts";

it("says that a deployment without files keeps no archive, to who reads it and to who asks for it alike", () => {
  const asked = () => requireArchive();
  expect(asked).toThrow(HttpProblem);
  expect(asked).toThrow("this deployment keeps no archive");
});
