import * as z from "zod";
import { addDays, type Day } from "../../domain/calendar/days.ts";
import { dayOf } from "../../domain/calendar/zones.ts";
import type { ImportIo } from "../import/io.ts";
import { exitCode, Stopped } from "../import/problems.ts";
import { noProgress, type Progress, showProgress } from "../import/progress.ts";
import { defaultRetries } from "../import/retries.ts";
import { createSender } from "../import/sender.ts";
import { exact } from "../import/summary.ts";
import { allOutcomes, answered, emptyTally, type Tally } from "../import/tally.ts";
import { type Api, createApi } from "./api.ts";
import { type DemoFact, type DemoFacts, generate, snapshotDays } from "./generate.ts";
import { measure } from "./measure.ts";
import { nextSteps } from "./next-steps.ts";
import { type DemoOptions, yesterday } from "./options.ts";
import { plantedIn } from "./planted.ts";
import { sendFacts } from "./send.ts";
import { type Plan, storyOf } from "./story.ts";
import { factLines, plantedLines } from "./summary.ts";
import { choosePlan, describe, findInhabitants, prepareSettings } from "./workspace.ts";

const timeoutMilliseconds = 40_000;

/** Days in one request for snapshots: far from what a request has time for. */
const daysAtATime = 5;

/**
 * Makes a company, sends its facts, and prints what was planted beside what the API says of it.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 * @returns the exit code
 * @throws UsageError and ServerError, whose messages are for the person
 */
export async function runDemo(options: DemoOptions, io: ImportIo, now: number): Promise<number> {
  const { out } = io;
  const say = (...lines: readonly string[]) => out.write(`${lines.join("\n")}\n`);
  const api = createApi(options.url, options.key, io.stop);
  const plan = choosePlan(options, await findInhabitants(api, dayOf(now, "UTC")), yesterday(now));
  const { id, changes } = await prepareSettings(api);
  const facts = generate(plan);
  const count = facts.timely.length + facts.late.length;
  say(`Workspace ${id}: ${exact(count)} facts of a company (${describe(plan)})`);
  for (const [name, before, after] of changes) say(`  setting ${name}: ${before} → ${after}`);
  const tally = emptyTally([]);
  const started = performance.now();
  try {
    await sendAll(api, plan, facts, tally, options, io);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    say("Interrupted. Run it again: what is stored is not counted twice.");
    return exitCode.interrupted;
  }
  const seconds = (performance.now() - started) / 1000;
  await annotate(api, plan);
  say("", ...factLines(tally, seconds, facts.late.length, facts.twice.length), "");
  await sayPlanted(api, plan, say);
  say(...nextSteps(options, plan));
  const { conflict, invalid } = allOutcomes(tally);
  return conflict + invalid > 0 ? exitCode.rejected : exitCode.done;
}

/** Writes what was planted where charts show it. */
async function annotate(api: Api, plan: Plan): Promise<void> {
  const story = storyOf(plan);
  const day = (index: number) => addDays(story.from, index);
  for (const [index, { title, span }] of plantedIn(story).entries()) {
    const body = { from: day(span.first), to: day(span.last), text: title };
    await api.send("PUT", `/v1/annotations/demo-${index + 1}`, body, z.looseObject({ id: z.string() }));
  }
}

async function sendAll(
  api: Api,
  { until }: Plan,
  { timely, late, twice }: DemoFacts,
  tally: Tally,
  options: DemoOptions,
  { err, stop }: ImportIo,
): Promise<void> {
  const total = timely.length + twice.length + late.length;
  const progress: Progress = options.progress ? showProgress(err, total) : noProgress;
  const started = performance.now();
  const sender = createSender({
    ...{ url: options.url, key: options.key, retry: defaultRetries, timeoutMilliseconds },
    onRetry: (why, wait) => progress.note(`${why}: trying again in ${(wait / 1000).toFixed(1)} s`),
  });
  const refused = refusals(err);
  const onBatch = () => {
    const seconds = Math.max((performance.now() - started) / 1000, 0.001);
    progress.update(answered(tally), tally, answered(tally) / seconds);
  };
  const send = async (facts: readonly DemoFact[]) => {
    await sendFacts(facts, { sender, stop, tally, onRefused: refused.add, onBatch });
    if (stop.aborted) throw new Stopped("stopped");
  };
  try {
    await send(timely);
    await send(twice);
    await takeSnapshots(api, until, stop);
    await send(late);
    await takeSnapshots(api, until, stop);
  } finally {
    progress.stop();
    refused.print();
  }
}

/** Most facts that were refused are refused for the same few reasons: each is said once, with an example. */
function refusals(err: NodeJS.WritableStream) {
  const reasons = new Map<string, string>();
  return {
    add: ({ id }: DemoFact, why: string) => {
      if (reasons.size < 5 && !reasons.has(why)) reasons.set(why, id);
    },
    print: () => {
      for (const [why, id] of reasons) err.write(`refused: ${why} (for example ${id})\n`);
    },
  };
}

async function takeSnapshots(api: Api, until: Day, stop: AbortSignal): Promise<void> {
  for (let first = 1 - snapshotDays; first <= 0; first += daysAtATime) {
    if (stop.aborted) throw new Stopped("stopped");
    const range = { from: addDays(until, first), to: addDays(until, Math.min(0, first + daysAtATime - 1)) };
    await api.send("POST", "/v1/snapshots", range, z.looseObject({}));
  }
}

async function sayPlanted(api: Api, plan: Plan, say: (...lines: readonly string[]) => void): Promise<void> {
  const story = storyOf(plan);
  const dayAt = (index: number) => addDays(story.from, index);
  say("What was planted, and what the API says of it: as many days before → during", "");
  for (const planted of plantedIn(story)) {
    const measured = [];
    for (const effect of planted.effects) measured.push(await measure(api, effect, dayAt));
    const { first, last } = planted.span;
    const days = first === last ? dayAt(first) : `${dayAt(first)} to ${dayAt(last)}`;
    say(...plantedLines(planted, days, measured), "");
  }
}
