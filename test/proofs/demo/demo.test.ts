import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, type Day } from "../../../lib/domain/calendar/days.ts";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import { createApi } from "../../../lib/tools/demo/api.ts";
import { generate } from "../../../lib/tools/demo/generate.ts";
import { isAsPlanted, measure } from "../../../lib/tools/demo/measure.ts";
import { plantedIn } from "../../../lib/tools/demo/planted.ts";
import { minDays, type Plan, storyOf } from "../../../lib/tools/demo/story.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

const program = fileURLToPath(new URL("../../../bin/demo.ts", import.meta.url));
// The smallest company in which every event shows, on whatever day of the week it ends.
const plan: Plan = { seed: 23, customers: 60, days: minDays, until: dayBefore(3) };
const story = storyOf(plan);
const dayAt = (index: number): Day => addDays(story.from, index);

const questions = new URL("../../../docs/questions.md", import.meta.url);

/** The calls in the tables of the questions. */
function callsOf(page: string): string[] {
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const calls = rows.flatMap((row) => [...row.matchAll(/`GET ([^`]+)`/g)].map(([, call = ""]) => call));
  expect(calls.length).toBeGreaterThan(50);
  return calls;
}

interface QuestionAnswer {
  readonly series?: readonly { readonly value: unknown; readonly n: number }[];
  readonly items?: readonly unknown[];
  readonly groups?: readonly unknown[];
}

/** Whether an answer has data. */
function isAnswered({ series, items, groups }: QuestionAnswer): boolean {
  if (series) return series.some(({ value, n }) => value !== null && n > 0);
  return (items ?? groups ?? []).length > 0;
}

/** Whether a call is about what customers are expected to bring. */
function isAboutPrediction(call: string): boolean {
  return /clv-predicted|[?&](pAlive|predictedValue)=|\/v1\/predictions/.test(call);
}

/** Whether a call is about customers as they are now. */
function hasNoDays(call: string): boolean {
  return /^\/v1\/(customers\?(?!score)|rfm|predictions)/.test(call);
}

/** Whether an answer has nothing, as it is where nothing is predicted: the company is too small for it. */
function hasNothing(status: number, answer: QuestionAnswer): boolean {
  return status === 200 && !isAnswered(answer);
}

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a person would. */
function demo(url: string, key: string, ...args: string[]): Promise<Finished> {
  const { API_KEY: _key, CX_URL: _url, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, "--url", url, ...args], {
    env: { ...inherited, API_KEY: key },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, out, err }));
  });
}

const size = ["--seed", `${plan.seed}`, "--customers", `${plan.customers}`, "--days", `${plan.days}`];

/** The number in the line of the summary that begins so. */
function counted({ out }: Finished, name: string): number {
  return Number(new RegExp(`^ +${name} +([\\d,]+)`, "m").exec(out)?.[1]?.replaceAll(",", "") ?? Number.NaN);
}

/** Recounts some days. */
async function expectReconciled(from: Day, to: Day): Promise<void> {
  expect(await client.reconcile({ from, to })).toMatchObject({ differencesTotal: 0, historiesTotal: 0 });
}

let cloud: ApiCloud;
let client: ApiClient;
let first: Finished;

beforeAll(async () => {
  cloud = await sharedCloud();
  client = await cloud.workspace();
  first = await demo(cloud.cloud.url, client.key, ...size, "--until", plan.until);
}, 900_000);

afterAll(() => cloud.end());

describe("the demo", { timeout: 600_000 }, () => {
  it("stores all facts of a company, some of them late and some sent twice, and says so", () => {
    expect({ code: first.code, out: first.out }).toMatchObject({ code: 0 });
    expect(counted(first, "recorded")).toBeGreaterThan(1_000);
    expect(counted(first, "duplicate")).toBeGreaterThan(0);
    expect(first.out).toMatch(/[1-9]\d* of them late/);
    expect(first.out).toContain("setting currency: USD → EUR");
  });

  it("gives every metric of the registry data", async () => {
    // So few customers are not predicted: what is expected of more has tests of its own.
    for (const { id } of metrics.filter(({ isFromModel }) => !isFromModel)) {
      const { value, n } = await client.total(id, story.from, plan.until);
      expect(value, id).not.toBeNull();
      expect(n, id).toBeGreaterThan(0);
    }
  });

  it("has an answer to every question of docs/questions.md, by the call that stands beside it", async () => {
    const unanswered: string[] = [];
    for (const call of callsOf(readFileSync(questions, "utf8"))) {
      const range = `from=${addDays(plan.until, -59)}&to=${plan.until}`;
      const asked = hasNoDays(call) ? call : `${call}${call.includes("?") ? "&" : "?"}${range}`;
      const { status, json } = await client.get<QuestionAnswer>(asked);
      const isRight = isAboutPrediction(call) ? hasNothing(status, json) : status === 200 && isAnswered(json);
      if (!isRight) unanswered.push(`${status} ${call}`);
    }
    expect(unanswered).toEqual([]);
  });

  it("moves the metrics as it says", async () => {
    const api = createApi(client.url, client.key, new AbortController().signal);
    for (const { effects } of plantedIn(story)) {
      for (const effect of effects) {
        const measured = await measure(api, effect, dayAt);
        expect(isAsPlanted(measured), JSON.stringify(measured)).toBe(true);
      }
    }
    expect(first.out).toMatch(/page-speed .*→ .* significant/);
    expect(first.out).not.toContain("does not show it");
  });

  it("restates days by its late facts", async () => {
    const days = [
      ...new Set(generate(plan).late.map(({ fields }) => String(fields["occurredAt"]).slice(0, 10))),
    ];
    const restated: boolean[] = [];
    for (const day of days.slice(0, 5)) {
      const items = await client.snapshots(`from=${day}&to=${day}&revisions=all`);
      restated.push(items.some(({ revision, restatedBecause }) => revision > 1 && restatedBecause));
    }
    expect(restated).toContain(true);
  });

  it("leaves counters that are those of the stored facts", async () => {
    await expectReconciled(story.from, plan.until);
  });

  it("run again without a last day finds its company, and changes nothing", async () => {
    const before = await client.snapshots(`from=${plan.until}&to=${plan.until}&revisions=all`);
    const again = await demo(client.url, client.key, ...size);
    expect({ code: again.code, recorded: counted(again, "recorded") }).toEqual({ code: 0, recorded: 0 });
    expect(counted(again, "duplicate")).toBe(counted(first, "recorded") + counted(first, "duplicate"));
    expect(again.out).toContain(`--until ${plan.until}`);
    expect(again.out).not.toContain("setting ");
    const after = await client.snapshots(`from=${plan.until}&to=${plan.until}&revisions=all`);
    expect(after.map(({ revision, takenAt }) => [revision, takenAt])).toEqual(
      before.map(({ revision, takenAt }) => [revision, takenAt]),
    );
  });

  it("does not mix two companies, nor one with facts of something else", async () => {
    const other = await demo(client.url, client.key, ...size, "--seed", "2");
    expect(other).toMatchObject({ code: 2, out: "" });
    expect(other.err).toContain("has another company of the demo (--seed 23");
    const own = await cloud.workspace();
    const answers = Array.from({ length: 30 }, (_, index) => ({ id: `a${index}`, survey: "nps", score: 9 }));
    await own.recordAll("responses", answers);
    const refused = await demo(own.url, own.key, ...size);
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain("facts that are not the demo's");
    expect((await own.counted())["customers"]).toBe(0);
    const { json } = await own.get<{ currency: string }>("/v1/workspace");
    expect(json.currency).toBe("USD");
  });

  it("says what to do where nothing answers, and which key it needs", async () => {
    const nobody = await demo("http://127.0.0.1:1", "key", ...size);
    expect(nobody).toMatchObject({ code: 3, out: "" });
    expect(nobody.err).toContain("run `npm start` in another terminal first");
    const fresh = await cloud.workspace();
    const reader = await demo(fresh.url, await cloud.key(fresh, "read"), ...size);
    expect(reader).toMatchObject({ code: 2, out: "" });
    expect(reader.err).toContain("the demo needs an admin key");
    const stranger = await demo(client.url, "nobody's", ...size);
    expect(stranger).toMatchObject({ code: 2, out: "" });
    expect(stranger.err).toContain("does not know the key");
  });
});
