import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Queue } from "../../../../lib/tools/local-cloud/aws/queue.ts";
import { QueueJournal } from "../../../../lib/tools/local-cloud/aws/queue-journal.ts";
import { Queues } from "../../../../lib/tools/local-cloud/aws/queues.ts";
import { queueBlueprint } from "./queues.ts";

let folder: string;
let file: string;
const open: { journal: QueueJournal; queues: Queues }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), "cx-metrics-journal-"));
  file = join(folder, "queues.jsonl");
});

afterEach(() => {
  for (const { journal, queues } of open.splice(0)) {
    queues.clear();
    journal.close();
  }
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** The queues as a start finds them; the ones before are left as a `kill -9` leaves them. */
function start(): { work: Queue; aside: Queue; journal: QueueJournal } {
  const aside = queueBlueprint({ name: "aside", physicalName: "App-aside", arn: "aside" });
  const work = queueBlueprint({ redrive: { deadLetterArn: "aside", maxReceiveCount: 2 } });
  const journal = new QueueJournal(file);
  const queues = new Queues([work, aside], () => {}, journal);
  open.push({ journal, queues });
  const [first, second] = [queues.byArn(work.arn), queues.byArn("aside")];
  if (first === undefined || second === undefined) throw new Error("The queues are not there");
  return { work: first, aside: second, journal };
}

const bodiesOf = (queue: Queue) => queue.messages.map(({ body }) => body);

describe("messages that nobody has deleted", () => {
  it("are there again after a start, with what was sent with them", () => {
    const attributes = { Reason: { DataType: "String", StringValue: "why" } };
    const sent = start().work.send("a", attributes);
    const [message] = start().work.messages;
    expect(message).toEqual(sent);
  });

  it("can be received at once where they had been received, and count their deliveries on", () => {
    const { work } = start();
    work.send("a");
    work.receive(1);
    const again = start().work.receive(1);
    expect(again.map(({ message }) => [message.body, message.receiveCount])).toEqual([["a", 2]]);
    const last = start();
    expect(last.work.receive(1)).toEqual([]);
    expect(bodiesOf(last.aside)).toEqual(["a"]);
    expect(bodiesOf(start().aside)).toEqual(["a"]);
  });

  it("stay held back until their time has come, and not longer", () => {
    start().work.send("later", {}, 60);
    vi.advanceTimersByTime(59_000);
    const { work } = start();
    expect(work.depth).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    vi.advanceTimersByTime(1_000);
    expect(bodiesOf(work)).toEqual(["later"]);
    expect(bodiesOf(start().work)).toEqual(["later"]);
  });
});

it("messages that were deleted, or are older than the retention period, do not come back", () => {
  const { work } = start();
  work.send("done");
  for (const { receiptHandle } of work.receive(1)) work.delete(receiptHandle);
  work.send("old");
  vi.advanceTimersByTime(345_601_000);
  expect(work.receive(1)).toEqual([]);
  expect(start().work.depth).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

describe("the journal", () => {
  it("is not used further than its last whole line", () => {
    start().work.send("whole");
    appendFileSync(file, '{"kept":{"id":"half');
    expect(bodiesOf(start().work)).toEqual(["whole"]);
    expect(bodiesOf(start().work)).toEqual(["whole"]);
  });

  it("that is damaged is refused in words that name the file", () => {
    appendFileSync(file, "nonsense\n");
    expect(() => start()).toThrow(`The queues' file ${file} cannot be used`);
    expect(readFileSync(file, "utf8")).toBe("nonsense\n");
  });

  it("is written anew when most of it is over, so that it stays small", () => {
    const { work } = start();
    for (let count = 0; count < 100; count++) {
      work.send("x".repeat(100_000));
      for (const { receiptHandle } of work.receive(1)) work.delete(receiptHandle);
    }
    work.send("stays");
    expect(statSync(file).size).toBeLessThan(10_000_000);
    expect(bodiesOf(start().work)).toEqual(["stays"]);
  });

  it("has after any history what nobody has deleted, in the order of sending", () => {
    const step = fc.oneof(fc.constant("send"), fc.constant("delete"), fc.constant("restart"));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        rmSync(file, { force: true });
        let { work } = start();
        const expected: string[] = [];
        for (const [index, one] of steps.entries()) {
          if (one === "send") {
            work.send(String(index));
            expected.push(String(index));
          } else if (one === "delete") {
            for (const { receiptHandle } of work.receive(1)) work.delete(receiptHandle);
            expected.shift();
          } else work = start().work;
        }
        expect(bodiesOf(start().work)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
