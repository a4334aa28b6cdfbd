import { existsSync, readFileSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../fixtures/api-client.ts";
import { mappings } from "./import-case-mappings.ts";
import { Bench, runImport } from "./support.ts";

/** Exports as tools write them, with the values that they have to give: not part of the project. */

const folder = fileURLToPath(new URL("../../../shared/cases/import", import.meta.url));
const isThere = existsSync(join(folder, "expected.json"));
const remark = isThere ? "" : " (skipped: ../shared/cases/import is not there)";

interface Total {
  readonly value: number | string | null;
  readonly n: number;
  readonly components: Readonly<Record<string, number | string | null>>;
}

/** One case: a workspace of its own, and a folder with the files that it imports. */
class Case {
  readonly #bench: Bench;
  readonly #api: ApiClient;
  readonly #folder: string;

  private constructor(bench: Bench, api: ApiClient, place: string) {
    this.#bench = bench;
    this.#api = api;
    this.#folder = place;
  }

  static async open(bench: Bench, name: string): Promise<Case> {
    return new Case(bench, await bench.workspace(name), bench.folder);
  }

  /** Imports a file. @param map the mapping; absent where the file is to be recognised */
  async import(file: string, map?: object, more: readonly string[] = []) {
    const data = join(this.#folder, file);
    if (!existsSync(data)) await copyFile(join(folder, file), data);
    const mapping = join(this.#folder, `${file}.map.json`);
    if (map) await writeFile(mapping, JSON.stringify(map));
    const args = map ? { file: data, mapping } : { file: data };
    const { finished } = runImport(args, this.#bench.cloud.url, this.#api.key, this.#folder, [
      ...["--rejects", `${data}.rejects.csv`, "--state", `${data}.state.json`],
      ...more,
    ]);
    const { code, out, err } = await finished;
    const count = (outcome: string) =>
      Number(new RegExp(`^\\s*${outcome}\\s+([\\d,]+)`, "m").exec(out)?.[1]?.replaceAll(",", "") ?? 0);
    return { code, out, err, recorded: count("recorded"), rejected: count("rejected rows") };
  }

  /** Corrects what an import rejected, in its encoding, as a file of its own. */
  async repair(file: string, encoding: "utf8" | "latin1", changes: readonly (readonly [RegExp, string])[]) {
    const text = await readFile(join(this.#folder, `${file}.rejects.csv`), encoding);
    const repaired = changes.reduce((so, [from, to]) => so.replace(from, to), text);
    await writeFile(join(this.#folder, `${file}-repaired.csv`), repaired, encoding);
    return `${file}-repaired.csv`;
  }

  async rejects(file: string): Promise<string> {
    return readFile(join(this.#folder, `${file}.rejects.csv`), "utf8");
  }

  async total(metric: string, query = ""): Promise<Total> {
    const range = "from=2026-01-01&to=2026-11-29";
    const { status, json } = await this.#api.get<{ series: Total[] }>(
      `/v1/metrics/${metric}?${range}${query}`,
    );
    expect({ metric, status }).toEqual({ metric, status: 200 });
    const [entry] = json.series;
    if (!entry) throw new Error(`${metric} has no entry`);
    return entry;
  }

  get<Body>(path: string) {
    return this.#api.get<Body>(path);
  }
}

describe.skipIf(!isThere)(`exports as tools write them${remark}`, () => {
  let bench: Bench;
  // biome-ignore lint/suspicious/noExplicitAny: the values of each case have another shape
  let expected: any;
  beforeAll(async () => {
    expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
    bench = await Bench.start();
  });
  afterAll(() => bench?.stop());
  const open = (name: string) => Case.open(bench, name);

  it("a newest-first export that has grown counts every row once", async () => {
    const place = await open("grown");
    await place.import("grown-before.csv", mappings.grown);
    const after = await place.import("grown-after.csv", mappings.grown);
    expect(after).toMatchObject({ code: 0, recorded: 2 });
    expect(await place.total("nps")).toMatchObject({ value: expected.grown.nps, n: expected.grown.n });
  });

  it("rejects that are repaired count once, beside what their rows had given already", async () => {
    const place = await open("rejects");
    expect(await place.import("rejects.csv", mappings.rejects)).toMatchObject({ code: 1, rejected: 2 });
    const repaired = await place.repair("rejects.csv", "utf8", [
      [/,x$/m, ",6"],
      [/,seven,/, ",3,"],
    ]);
    expect(await place.import(repaired, mappings.rejects)).toMatchObject({ code: 0, recorded: 2 });
    const { csat_n, ces_n, ces_mean } = expected.rejects;
    expect(await place.total("csat")).toMatchObject({ n: csat_n });
    expect(await place.total("ces")).toMatchObject({ n: ces_n, value: ces_mean });
  });

  it("rejects have the delimiter, the encoding and the quotes of their file", async () => {
    const place = await open("semicolon");
    await place.import("semicolon-1252.csv", mappings.semicolon);
    const repaired = await place.repair("semicolon-1252.csv", "latin1", [[/;elf;/, ";10;"]]);
    expect(await place.import(repaired, mappings.semicolon)).toMatchObject({ code: 0, recorded: 1 });
    expect(await place.total("nps")).toMatchObject({ n: expected["semicolon-1252"].nps_n });
    const { json } = await place.get<{ items: { comment: string }[] }>("/v1/responses?survey=nps");
    const comments = json.items.map(({ comment }) => comment);
    expect(comments.toSorted()).toEqual(expected["semicolon-1252"].comments.toSorted());
  });

  it("a fact that cannot be recorded is rejected by its row, and stops no other", async () => {
    const place = await open("poison");
    const { recorded, rejected, rejected_row } = expected.poison;
    expect(await place.import("poison.csv", mappings.answers)).toMatchObject({ recorded, rejected });
    expect(await place.rejects("poison.csv")).toMatch(new RegExp(`^${rejected_row},`, "m"));
  });

  it("a stray quote costs its row at most", async () => {
    const place = await open("stray");
    const { recorded, rejected } = await place.import("stray-quote.csv", mappings.commented);
    expect(recorded).toBeGreaterThanOrEqual(expected["stray-quote"].recorded_at_least);
    expect(rejected).toBeLessThanOrEqual(expected["stray-quote"].rejected_at_most);
  });

  it.each(["USD", "EUR", "JPY"])("amounts in minor units are of the size that %s has", async (currency) => {
    const place = await open(`invoices-${currency.toLowerCase()}`);
    await place.import("invoices-minor-units.csv", mappings.invoices);
    const { value } = await place.total("sales", `&currency=${currency}`);
    expect(value).toBe(expected["invoices-minor-units"].sales[currency]);
  });

  it("the lines of an order are one order", async () => {
    const place = await open("orders");
    expect(await place.import("orders-line-items.csv", mappings.orders)).toMatchObject({ code: 0 });
    const right = expected["orders-line-items"];
    expect(await place.total("sales", "&currency=EUR")).toMatchObject({
      value: right["sales EUR"],
      n: right.orders,
    });
    const { value } = await place.total("average-order-value", "&currency=EUR");
    expect(Number(value)).toBeCloseTo(right["average order value EUR"], 9);
    expect(await place.total("customers")).toMatchObject({ value: right.customers });
  });

  it("calls have a time made of two columns, and how long they waited", async () => {
    const place = await open("calls");
    expect(await place.import("calls.csv", mappings.calls)).toMatchObject({ code: 0 });
    expect(await place.total("queue-abandonment")).toMatchObject({
      value: expected.calls["queue-abandonment percent"],
    });
    const { value, n } = await place.total("queue-time");
    expect({ value, n }).toEqual({
      value: expected.calls["mean seconds to answer"],
      n: expected.calls.answered,
    });
  });

  it("scores with their meaning, columns of one name, times of several zones", async () => {
    const place = await open("form");
    expect(await place.import("form.csv", mappings.form)).toMatchObject({ code: 0 });
    expect(await place.total("nps")).toMatchObject({ value: expected.form.nps, n: expected.form.n });
    const { json } = await place.get<{ items: unknown[] }>("/v1/responses?survey=nps&limit=1");
    expect(json.items).toMatchObject([{ comment: "ok 19", dimensions: { checked: "x" } }]);
  });

  it("a report of days has comments before its header, and two rows of it", async () => {
    const place = await open("report");
    expect(await place.import("tool-report.csv", mappings.report)).toMatchObject({ code: 0 });
    const right = expected["tool-report"];
    const { value, n } = await place.total("bounce-rate");
    expect(n).toBe(right.sessions);
    expect(Number(value)).toBeCloseTo(right["bounce-rate"], 9);
  });

  it("employees answer on 1–5", async () => {
    const place = await open("employees");
    const right = expected["employees-1-5"];
    expect(await place.import("employees-1-5.csv", mappings.employees)).toMatchObject({ code: 0 });
    const { value, components } = await place.total("esat", `&convention=${right.scale}`);
    expect(value).toBeCloseTo(right.mean, 9);
    expect(components["topBoxPercent"]).toBeCloseTo(right["top box percent (4-5)"], 9);
  });

  it("files in UTF-16 with the high byte first", async () => {
    const place = await open("utf16be");
    await place.import("utf16be.csv", mappings.answers);
    expect(await place.total("nps")).toMatchObject({ value: expected.utf16be.nps, n: expected.utf16be.n });
  });

  it("line ends of several kinds in one file", async () => {
    const place = await open("mixed");
    await place.import("mixed-line-ends.csv", mappings.answers);
    expect(await place.total("nps")).toMatchObject({ n: expected["mixed-line-ends"].n });
  });

  it("amounts as several countries write them, and brackets for what was given back", async () => {
    const place = await open("numbers");
    expect(await place.import("numbers.csv", mappings.numbers)).toMatchObject({ code: 0 });
    for (const [currency, said] of Object.entries<string>(expected.numbers.sales)) {
      const { value } = await place.total("sales", `&currency=${currency}`);
      expect({ currency, value }).toEqual({ currency, value: said.split(" ")[0] });
    }
  });

  it("the export of a survey service is recognised without a mapping", async () => {
    const place = await open("survey");
    const { code, out } = await place.import("survey-service.csv", undefined, ["--yes"]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/Delighted/) });
    const right = expected["survey-service"];
    expect(await place.total("nps")).toMatchObject({ value: right.nps, n: right.n });
    const rate = await place.total("survey-response-rate");
    expect(rate).toMatchObject({ value: right["survey-response-rate"], n: right.invitations });
  });

  it("a review that was edited replaces what it was", async () => {
    const place = await open("reviews");
    await place.import("reviews-august.csv", mappings.reviews);
    expect(await place.import("reviews-september.csv", mappings.reviews)).toMatchObject({ code: 0 });
    const { value, n } = await place.total("csat");
    expect(n).toBe(expected.reviews.n);
    expect(Number(value)).toBeCloseTo(expected.reviews["csat (stars 1-5)"], 9);
    const again = await place.import("reviews-august.csv", mappings.reviews, ["--restart"]);
    expect(again).toMatchObject({ code: 0, recorded: 0 });
    expect(await place.total("csat")).toMatchObject({ value, n });
  });
});
