import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Queues } from "../../../../lib/tools/local-cloud/aws/queues.ts";
import { makeQueues, queueBlueprint } from "./queues.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a queue", () => {
  it("hides a message from others until its visibility timeout is over", () => {
    const { queue } = makeQueues({ visibilityTimeoutSeconds: 30 });
    queue.send("a");
    expect(queue.receive(10)).toHaveLength(1);
    expect(queue.receive(10)).toHaveLength(0);
    vi.advanceTimersByTime(29_999);
    expect(queue.depth).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    vi.advanceTimersByTime(1);
    const [again] = queue.receive(10);
    expect([again?.message.body, again?.message.receiveCount]).toEqual(["a", 2]);
  });

  it("never gives a deleted message again", () => {
    const { queue } = makeQueues();
    queue.send("a");
    for (const { receiptHandle } of queue.receive(10)) queue.delete(receiptHandle);
    vi.advanceTimersByTime(86_400_000);
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("leaves a message alone when it is deleted by the handle of a delivery that is over", () => {
    const { queue } = makeQueues();
    queue.send("a");
    const [first] = queue.receive(1);
    vi.advanceTimersByTime(30_000);
    queue.delete(first?.receiptHandle ?? "");
    expect(queue.receive(1)).toHaveLength(1);
    expect(queue.changeVisibility(first?.receiptHandle ?? "", 0)).toBe(false);
  });

  it("gives a message back earlier or later when its visibility is changed", () => {
    const { queue } = makeQueues({ visibilityTimeoutSeconds: 30 });
    queue.send("a");
    const [delivery] = queue.receive(1);
    const handle = delivery?.receiptHandle ?? "";
    expect(queue.changeVisibility(handle, 100)).toBe(true);
    vi.advanceTimersByTime(99_999);
    expect(queue.depth.visible).toBe(0);
    expect(queue.changeVisibility(handle, 0)).toBe(true);
    expect(queue.depth.visible).toBe(1);
  });

  it("puts a message aside after maxReceiveCount deliveries that nobody deleted", () => {
    const { queue, deadLetters } = makeQueues({ visibilityTimeoutSeconds: 1 }, 3);
    queue.send("bad");
    for (let count = 1; count <= 3; count++) {
      expect(queue.receive(1)[0]?.message.receiveCount).toBe(count);
      vi.advanceTimersByTime(1000);
    }
    expect(queue.receive(1)).toEqual([]);
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(deadLetters.messages.map(({ body }) => body)).toEqual(["bad"]);
  });

  it("holds delayed messages back", () => {
    const { queue } = makeQueues({ delaySeconds: 5 });
    queue.send("by the queue");
    queue.send("by itself", {}, 60);
    queue.send("at once", {}, 0);
    expect(queue.messages.map(({ body }) => body)).toEqual(["at once"]);
    vi.advanceTimersByTime(5000);
    expect(queue.messages.map(({ body }) => body)).toEqual(["at once", "by the queue"]);
    expect(queue.depth).toEqual({ visible: 2, inFlight: 0, delayed: 1 });
  });

  it("shows what is held back at once when it is hurried, and never again", () => {
    const { queue } = makeQueues({ delaySeconds: 5 });
    queue.send("by the queue");
    queue.send("by itself", {}, 60);
    expect(queue.hurry()).toBe(true);
    expect(queue.messages.map(({ body }) => body)).toEqual(["by the queue", "by itself"]);
    expect(queue.hurry()).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(queue.depth).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  });

  it("forgets messages that are older than its retention period", () => {
    const { queue } = makeQueues({ retentionSeconds: 60 });
    queue.send("old");
    vi.advanceTimersByTime(61_000);
    queue.send("new");
    expect(queue.receive(10).map(({ message }) => message.body)).toEqual(["new"]);
  });

  it("leaves no timer behind when it is cleared", () => {
    const { queue } = makeQueues();
    queue.send("delayed", {}, 5);
    queue.send("in flight");
    queue.receive(1);
    queue.clear();
    expect(vi.getTimerCount()).toBe(0);
    expect(queue.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe("queues", () => {
  it("are found by the name at the end of their address, whatever host it has", () => {
    const queues = new Queues([queueBlueprint()]);
    expect(queues.byUrl("https://sqs.us-east-1.amazonaws.com/123/App-work")?.blueprint.name).toBe("work");
    expect(queues.byUrl("http://127.0.0.1/000000000000/App-other")).toBeUndefined();
  });
});
