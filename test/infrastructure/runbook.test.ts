import { readdirSync, readFileSync } from "node:fs";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { tableSchema } from "../../lib/store/table/keys.ts";
import { namespace } from "../../lib/telemetry/names.ts";
import { makeApp, Synthesized, text } from "./synthesized.ts";

/** What the runbook names is there: its commands cannot be run without an account, but what they look for can be looked up. */

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const pages = {
  "docs/operations.md": read("docs/operations.md"),
  "docs/deploying.md": read("docs/deploying.md"),
};
const all = Object.values(pages).join("\n");

const { stack } = makeApp({ dashboards: "both" });
const template = new Synthesized(Template.fromStack(stack));
const found = (pattern: RegExp) => [...new Set([...all.matchAll(pattern)].map(([, name = ""]) => name))];

const outputs = Object.keys(z.record(z.string(), z.unknown()).parse(template.json["Outputs"]));
const logGroups = template
  .all("AWS::Logs::LogGroup", z.looseObject({ LogGroupName: text }))
  .map(({ properties }) => properties.LogGroupName);
const functions = readdirSync(new URL("functions/", root)).map((file) => file.replace(/\.ts$/, ""));
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts);

it("the stack has the name that commands are given", () => {
  expect(found(/--stack-name (\w+)/g)).toEqual([stack.stackName]);
});

it.each(found(/\boutput ([A-Z]\w+)/g))("the output %s is the stack's", (name) => {
  expect(outputs).toContain(name);
});

it.each(found(/logs tail "?((?:\/[\w-]+){2,})/g))("the log group %s is there", (name) => {
  expect(logGroups).toContain(name);
});

it.each(found(/\berrors ([a-z]+-[a-z-]+)/g))("the function %s is there, with a log of its own", (name) => {
  expect(functions).toContain(name);
  expect(logGroups).toContain(`/${namespace}/${name}`);
});

it.each(found(/npm run ([a-z:-]+)/g))("the script %s is there", (name) => {
  expect(scripts).toContain(name);
});

it.each([
  ["lib/tools/import/options.ts", "--batch"],
  ["lib/tools/import/options.ts", "--concurrency"],
  ["bin/workspace.ts", "--table"],
  ["lib/infrastructure/settings.ts", "throttleRate"],
  ["lib/infrastructure/settings.ts", "throttleBurst"],
  ["lib/infrastructure/settings.ts", "alarmEmail"],
  ["lib/infrastructure/settings.ts", "tableName"],
  ["lib/routes.ts", "memoryMegabytes"],
  ["lib/schedules.ts", "maxConcurrency"],
])("%s knows %s, which is named", (path, name) => {
  expect(all).toContain(name);
  expect(read(path)).toContain(name);
});

it("a restored table expires by the attribute that the stack's own does", () => {
  expect(found(/AttributeName=(\w+)/g)).toEqual([tableSchema.timeToLive]);
});

describe("links", () => {
  const anchors = (page: string) =>
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, "")
        .trim()
        .replaceAll(" ", "-"),
    );
  const links = Object.entries(pages).flatMap(([path, page]) =>
    [...page.matchAll(/\]\(([\w./-]*)#([a-z0-9-]+)\)/g)].map(([, file = "", anchor = ""]) => {
      return [path, file === "" ? path : `docs/${file}`, anchor] as const;
    }),
  );
  it.each(links)("of %s to %s lead to its section %s", (_from, to, anchor) => {
    expect(anchors(to in pages ? pages[to as keyof typeof pages] : read(to))).toContain(anchor);
  });
});
