import { expect, it } from "vitest";
import { EnvironmentLimit } from "../../../../lib/tools/local-cloud/functions/environment-limit.ts";

/** Threads by name, and those that were ended to make room. */
function begin(limit: EnvironmentLimit, names: readonly string[]) {
  const retired: string[] = [];
  const threads = new Map(names.map((name) => [name, { retire: () => void retired.push(name) }] as const));
  for (const thread of threads.values()) {
    expect(limit.makeRoom(true)).toBe(true);
    limit.begin(thread);
  }
  const of = (name: string) => threads.get(name) ?? { retire: () => {} };
  return { retired, of };
}

it("there are so many threads at most, and who needs one while all work has to wait", async () => {
  const limit = new EnvironmentLimit(2);
  const { of, retired } = begin(limit, ["a", "b"]);
  expect(limit.makeRoom(true)).toBe(false);
  let waited = false;
  const change = limit.change().then(() => {
    waited = true;
  });
  expect(waited).toBe(false);
  limit.rest(of("b"));
  await change;
  expect(limit.makeRoom(true)).toBe(true);
  expect(retired).toEqual(["b"]);
});

it("the thread that has been idle the longest makes room, one that works again does not", () => {
  const limit = new EnvironmentLimit(3);
  const { of, retired } = begin(limit, ["a", "b", "c"]);
  for (const name of ["a", "b", "c"]) limit.rest(of(name));
  limit.resume(of("a"));
  expect(limit.makeRoom(true)).toBe(true);
  expect(retired).toEqual(["b"]);
});

it("a thread that ends by itself makes room, and is counted once however it ends", () => {
  const limit = new EnvironmentLimit(2);
  const { of, retired } = begin(limit, ["a", "b"]);
  limit.rest(of("a"));
  expect(limit.makeRoom(true)).toBe(true);
  limit.end(of("a"));
  limit.begin(of("c"));
  expect(limit.makeRoom(true)).toBe(false);
  limit.end(of("b"));
  expect(limit.makeRoom(true)).toBe(true);
  expect(retired).toEqual(["a"]);
});

it("a second thread of a function takes the room of no other, as that one would be missed", () => {
  const limit = new EnvironmentLimit(2);
  const { of, retired } = begin(limit, ["a", "b"]);
  limit.rest(of("a"));
  expect(limit.makeRoom(false)).toBe(false);
  expect(retired).toEqual([]);
});
