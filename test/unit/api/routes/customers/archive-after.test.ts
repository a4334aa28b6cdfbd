import { expect, it } from "vitest";
import { archiveAfter } from "../../../../../lib/api/routes/customers/erasure.ts";

const now = Date.parse("2026-10-01T09:20:00Z");

it("an erasure says when the files are written anew: an hour after the next planning run, for each thousand days", () => {
  expect(archiveAfter(1, now).rewrittenBy).toBe("2026-10-01T11:15:00.000Z");
  expect(archiveAfter(1_000, Date.parse("2026-10-01T09:10:00Z")).rewrittenBy).toBe(
    "2026-10-01T10:15:00.000Z",
  );
  expect(archiveAfter(1_001, now).rewrittenBy).toBe("2026-10-01T12:15:00.000Z");
});

it("what they replace is gone when its versions have expired", () => {
  expect(archiveAfter(1, now).goneBy).toBe("2026-10-06T11:15:00.000Z");
});

it("nothing is to come where no closed day names the person", () => {
  expect(archiveAfter(0, now)).toEqual({ days: 0, rewrittenBy: null, goneBy: null });
});
