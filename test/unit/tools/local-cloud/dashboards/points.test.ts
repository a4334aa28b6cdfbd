import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  embeddedPoints,
  readPoints,
  requestPoints,
} from "../../../../../lib/tools/local-cloud/dashboards/points.ts";

const at = Date.parse("2026-11-28T12:00:00Z");

function emf(fields: object, more: object = {}): string {
  const names = Object.keys(fields).filter((name) => name !== "Workspace");
  const directive = {
    Namespace: "CxMetrics",
    Dimensions: [["Workspace"]],
    Metrics: names.map((Name) => ({ Name, Unit: "None" })),
    ...more,
  };
  return JSON.stringify({ _aws: { Timestamp: at, CloudWatchMetrics: [directive] }, ...fields });
}

describe("a line of a function's log", () => {
  it("has each of its metrics, with its dimensions, at its own time", () => {
    expect(embeddedPoints(emf({ Workspace: "shop", nps: 53.4, sales: 12 }))).toEqual([
      { namespace: "CxMetrics", name: "nps", dimensions: { Workspace: "shop" }, at, value: 53.4 },
      { namespace: "CxMetrics", name: "sales", dimensions: { Workspace: "shop" }, at, value: 12 },
    ]);
  });

  it("has several values of a metric where they are a list, and the same value for each set of dimensions", () => {
    const line = emf({ Workspace: "shop", nps: [1, 2] }, { Dimensions: [["Workspace"], []] });
    expect(embeddedPoints(line).map(({ value, dimensions }) => [value, dimensions])).toEqual([
      [1, { Workspace: "shop" }],
      [1, {}],
      [2, { Workspace: "shop" }],
      [2, {}],
    ]);
  });

  it.each(["", '{"message":"request"}', '{"_aws":1}', '{"_aws"', emf({ Workspace: "shop", nps: "many" })])(
    "has none where it is not of the embedded metric format, or its value is no number: %s",
    (line) => {
      expect(embeddedPoints(line)).toEqual([]);
    },
  );
});

describe("a line of the access log", () => {
  it("is a request, its status and its latency, as API Gateway measures them", () => {
    const line = { requestTime: "28/Nov/2026:12:00:00 +0000", status: "503", responseLatency: "41" };
    const values = requestPoints(JSON.stringify(line)).map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(values)).toEqual({ Count: 1, "4xx": 0, "5xx": 1, Latency: 41 });
    expect(requestPoints(JSON.stringify(line))[0]?.at).toBe(at);
  });

  it.each(["", "{}", '{"requestTime":"yesterday","status":"200","responseLatency":"1"}'])(
    "is nothing where it is another: %s",
    (line) => {
      expect(requestPoints(line)).toEqual([]);
    },
  );
});

it("log files are read from an instant on, those that are missing as empty", async () => {
  const folder = await mkdtemp(join(tmpdir(), "points-"));
  const file = join(folder, "take-snapshots.log");
  await writeFile(file, `${emf({ Workspace: "shop", nps: 1 })}\nnot JSON\n`);
  const files = [join(folder, "absent.log"), file, join(folder, "access.log")];
  expect(await readPoints(files, at)).toHaveLength(1);
  expect(await readPoints(files, at + 1)).toEqual([]);
  await rm(folder, { recursive: true });
});
