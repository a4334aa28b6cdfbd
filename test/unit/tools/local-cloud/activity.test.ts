import { describe, expect, it } from "vitest";
import { Activity } from "../../../../lib/tools/local-cloud/activity.ts";

/** Whether a promise is settled after everything that can run now has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  for (let count = 0; count < 5; count++) await new Promise(setImmediate);
  return settled;
}

describe("idle", () => {
  it("is reached at once when nothing goes on", async () => {
    await new Activity(() => true).idle();
  });

  it("waits for all that runs, failures included", async () => {
    const activity = new Activity(() => true);
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    void activity.during(() => first.promise);
    const failing = activity.during(() => second.promise);
    const idle = activity.idle();
    first.resolve();
    expect(await isSettled(idle)).toBe(false);
    second.reject(new Error("failed"));
    await expect(failing).rejects.toThrow("failed");
    await idle;
  });

  it("waits until the queues are empty", async () => {
    let empty = false;
    const activity = new Activity(() => empty);
    const idle = activity.idle();
    expect(await isSettled(idle)).toBe(false);
    empty = true;
    activity.check();
    await idle;
  });

  it("is not reached between a run and the one that it leads to", async () => {
    let empty = true;
    const activity = new Activity(() => empty);
    const next = Promise.withResolvers<void>();
    const idle = activity.idle();
    await activity.during(async () => {
      empty = false;
    });
    void activity.during(() => next.promise);
    empty = true;
    activity.check();
    expect(await isSettled(idle)).toBe(false);
    next.resolve();
    await idle;
  });
});
