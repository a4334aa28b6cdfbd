import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { requestLogger } from "../../../lib/telemetry/logger.ts";

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  const keep = (chunk: string | Uint8Array): boolean => {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});

afterEach(() => vi.restoreAllMocks());

function start() {
  const event = { requestContext: { requestId: "gateway-1" }, routeKey: "POST /v1/events" };
  return requestLogger(event, { awsRequestId: "run-1" });
}

it("a request leaves one line by which it is found: its ids, route, status and what was noted", () => {
  const log = start();
  log.note({ workspace: "shop", recorded: 3 });
  log.done(200);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: "INFO",
      message: "request",
      requestId: "gateway-1",
      functionRequestId: "run-1",
      route: "POST /v1/events",
      workspace: "shop",
      recorded: 3,
      status: 200,
      durationMilliseconds: expect.any(Number),
      cpuMilliseconds: expect.any(Number),
    }),
  ]);
});

it("an error is named by its class, code and place, and never by a message that could quote contents", () => {
  const log = start();
  const cause = new TypeError("customer 17850 said: quick delivery");
  log.failed(Object.assign(new Error("customer 17850", { cause }), { code: "unavailable" }));
  log.done(503);
  const [line = ""] = lines;
  expect(JSON.parse(line)).toMatchObject({
    level: "ERROR",
    status: 503,
    error: "Error",
    errorCode: "unavailable",
    cause: "TypeError",
    stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
  });
  expect(line).not.toContain("17850");
});

it("what is thrown without being an error is named by its type alone", () => {
  const log = start();
  log.failed("customer 17850");
  log.done(500);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ error: "string", status: 500 });
  expect(lines[0]).not.toContain("17850");
});
