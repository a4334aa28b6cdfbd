import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleDirectory, bundleFunctions } from "../../lib/infrastructure/bundle.ts";
import { httpFunctions } from "../../lib/routes.ts";
import { backgroundFunctions } from "../../lib/schedules.ts";

const names = [...Object.keys(httpFunctions), ...backgroundFunctions.map(([name]) => name)];

/** Those that may be larger than others: the stop words of many languages take about 80 KB; one holds all descriptions; what draws speaks six languages, and what defines metrics at length does so with all notes; one serves all pages; one sends messages; those that take snapshots write files to S3, and tell alerts in six languages, and lists of customers and answers to questions read them; one counts all facts and entities again; forms ask for deliveries of webhooks, and one makes them, or publishes to a topic; those that record have the rules of every kind of fact and key, and hand over to a queue. */
const maxKilobytes: Readonly<Record<string, number>> = {
  "list-terms": 670,
  "exclude-facts": 605,
  "read-customers": 872,
  "describe-api": 730,
  "manage-goals": 965,
  "manage-alerts": 980,
  "deliver-webhooks": 615,
  "read-metrics": 960,
  "recount-entities": 960,
  "manage-predictions": 862,
  "manage-workspace": 598,
  reconcile: 910,
  "record-events": 672,
  "record-responses": 672,
  "receive-webhooks": 718,
  "render-report": 1_427,
  "read-snapshots": 622,
  "render-widget": 1_159,
  "serve-pages": 1_808,
  "take-forms": 900,
  "retake-snapshots": 875,
  "take-snapshots": 1_350,
};

function bundleOf(name: string): string {
  return join(bundleDirectory(name), "index.mjs");
}

beforeAll(() => bundleFunctions(names));

describe.each(names)("the bundle of %s", (name) => {
  it("is one file of ESM without a source map that exports the handler", () => {
    expect(readdirSync(bundleDirectory(name))).toEqual(["index.mjs"]);
    const code = readFileSync(bundleOf(name), "utf8");
    expect(code).toMatch(/export\{[^}]*\bhandler\b[^}]*\}/);
    expect(code).not.toContain("sourceMappingURL");
  });

  it("calls no require at run time, which ESM does not have", () => {
    expect(readFileSync(bundleOf(name), "utf8")).not.toContain("Dynamic require of");
  });

  it("is small, for a quick start", () => {
    expect(statSync(bundleOf(name)).size).toBeLessThanOrEqual((maxKilobytes[name] ?? 595) * 1024);
  });
});

it("bundling again leaves files that have not changed alone", () => {
  const before = names.map((name) => statSync(bundleOf(name)).mtimeMs);
  bundleFunctions(names);
  expect(names.map((name) => statSync(bundleOf(name)).mtimeMs)).toEqual(before);
});
