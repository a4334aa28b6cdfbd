import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkFact } from "../../../../lib/tools/import/check.ts";
import { compileMapping } from "../../../../lib/tools/import/compile.ts";
import { groupRows } from "../../../../lib/tools/import/groups.ts";
import type { MadeFact, Problem } from "../../../../lib/tools/import/make.ts";
import { parseMapping } from "../../../../lib/tools/import/mapping.ts";
import { knownExports, recognise } from "../../../../lib/tools/import/recognise/recognise.ts";
import { sampleOf } from "../../../../lib/tools/import/recognise/sample.ts";
import { openCsv } from "../../../../lib/tools/import/rows.ts";
import { toolExports } from "../../../fixtures/tool-exports.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recognise-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a file becomes by the mapping that is found for it. */
async function recognised(content: string | Buffer) {
  const path = join(folder, "export.csv");
  await writeFile(path, content);
  const proposal = recognise(await sampleOf(path, {}));
  if (!proposal) return undefined;
  const mapping = parseMapping(JSON.stringify(proposal.mapping), "found");
  const csv = await openCsv(path, mapping.csv ?? {});
  const compiled = compileMapping(mapping, csv.header, csv.subheaders, csv.form.delimiter);
  const facts: MadeFact[] = [];
  const problems: Problem[] = [];
  const rows = compiled.grouping ? groupRows(csv.rows, compiled.grouping) : csv.rows;
  for await (const row of rows) {
    const made = compiled.make(row);
    facts.push(...made.facts);
    problems.push(...made.problems);
    for (const fact of made.facts) {
      for (const error of checkFact({ row, fact, json: "" })) problems.push({ name: fact.name, ...error });
    }
  }
  return { ...proposal, facts, problems };
}

function kindsOf(facts: readonly MadeFact[]): Record<string, number> {
  const kinds = Map.groupBy(facts, ({ fields }) => String(fields["type"] ?? fields["survey"]));
  return Object.fromEntries([...kinds].map(([kind, found]) => [kind, found.length]));
}

describe("the exports of tools", () => {
  it.each(toolExports.map((one) => [`${one.tool} (${Object.keys(one.facts).join(", ")})`, one] as const))(
    "are recognised, and every row becomes what it says: %s",
    async (_name, { tool, text, facts, first }) => {
      const found = await recognised(text);
      expect(found).toMatchObject({ tool, problems: [] });
      expect(kindsOf(found?.facts ?? [])).toEqual(facts);
      expect(found?.facts[0]?.fields).toMatchObject(first);
    },
  );

  it("are not taken for those of a tool whose other columns they lack", async () => {
    const shop = ["id,Amount,Currency,Status,Date", "a1,12.50,EUR,Paid,2026-06-14T10:00:00Z"];
    const found = await recognised(`${shop.join("\n")}\n`);
    expect(found).toMatchObject({
      tool: undefined,
      problems: [],
      facts: [{ fields: { type: "purchase.made" } }],
    });
    const chats = ["Conversation ID,Date,CSAT", "c1,2026-06-14T10:00:00Z,5", "c2,2026-06-14T11:00:00Z,2"];
    const answers = await recognised(`${chats.join("\n")}\n`);
    expect(answers).toMatchObject({ tool: undefined, problems: [] });
    expect(kindsOf(answers?.facts ?? [])).toEqual({ csat: 2 });
  });

  it.each(knownExports.map((known) => [`${known.tool}, ${known.what}`, known] as const))(
    "get no mapping that does not fit, whatever columns they have beside: %s",
    async (_name, { columns }) => {
      for (const beside of [[], ["Score", "Score"], ["__proto__", "constructor"]]) {
        const header = [...columns, ...beside];
        const cells = ["2026-01-02T03:04:05Z", "9", "EUR", "10.00"];
        const row = header.map((_, at) => cells[at % cells.length]);
        await recognised(`${[header, row].map((all) => all.join()).join("\n")}\n`);
      }
    },
  );

  it("about effort on 1–5 are turned round, since the API's scale has 5 as the most effort", async () => {
    const delighted = toolExports.find(({ tool }) => tool === "Delighted");
    const found = await recognised(delighted?.text ?? "");
    expect(found?.facts.at(-1)?.fields).toMatchObject({ survey: "ces", scale: "effort-1-5", score: 1 });
    const form = await recognised("Timestamp,It was easy to return my order (1-5)\n2026-06-01 10:00:00,5\n");
    expect(form?.facts[0]?.fields).toMatchObject({ survey: "ces", scale: "effort-1-5", score: 1 });
    const effort = await recognised("Timestamp,How much effort was it (1-5)\n2026-06-01 10:00:00,5\n");
    expect(effort?.facts[0]?.fields).toMatchObject({ survey: "ces", scale: "effort-1-5", score: 5 });
  });

  it("are recognised in the encodings and with the delimiters of other countries", async () => {
    const { text = "", facts } = toolExports.find(({ tool }) => tool === "Google Play") ?? {};
    const wide = await recognised(Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(wide).toMatchObject({ tool: "Google Play", mapping: { csv: { encoding: "utf-16le" } } });
    expect(kindsOf(wide?.facts ?? [])).toEqual(facts);
    const chatwoot = toolExports.find(({ tool }) => tool === "Chatwoot");
    expect(await recognised((chatwoot?.text ?? "").replaceAll(",", ";"))).toMatchObject({
      tool: "Chatwoot",
      mapping: { csv: { delimiter: ";", endAt: "Reporting period" } },
    });
  });
});

describe("a file that no tool is known for", () => {
  it("of answers gets a mapping with its reasons", async () => {
    const found = await recognised(
      Buffer.from(
        "Datum;Kunde;Zufriedenheit (1-5);Kommentar;Kanal\n13.06.2026 09:15;k1;5;Schön;Web\n14.06.2026 09:15;k2;2;;Filiale\n",
        "latin1",
      ),
    );
    expect(found).toMatchObject({ tool: undefined, problems: [] });
    expect(found?.mapping).toMatchObject({ csv: { delimiter: ";", encoding: "windows-1252" } });
    expect(found?.facts.map(({ fields }) => fields)).toMatchObject([
      {
        ...{ survey: "csat", score: 5, customerId: "k1", comment: "Schön" },
        occurredAt: "2026-06-13T09:15:00Z",
        dimensions: { kanal: "Web" },
      },
      { survey: "csat", score: 2 },
    ]);
    expect(found?.reasons).toContain("the times name no zone: UTC is assumed (times.zone)");
  });

  it("of amounts becomes purchases and refunds", async () => {
    const found = await recognised(
      "order_no,ordered,customer,total,currency\nA1,6/14/2026,c1,12.50,EUR\nA2,6/15/2026,c2,-3.00,EUR\n",
    );
    expect(found?.mapping.times).toEqual({ order: "mdy", zone: "UTC", at: "12:00" });
    expect(found?.facts.map(({ fields }) => fields)).toMatchObject([
      { type: "purchase.made", id: "A1", orderId: "A1", money: { amount: "12.50", currency: "EUR" } },
      { type: "purchase.refunded", id: "refund-A2", money: { amount: "3.00", currency: "EUR" } },
    ]);
  });

  it("of amounts without numbers of orders becomes purchases all the same", async () => {
    const found = await recognised("date,total,currency\n2026-06-14,12.50,EUR\n2026-06-14,12.50,EUR\n");
    expect(found).toMatchObject({ problems: [], facts: [{ fields: { type: "purchase.made" } }, {}] });
  });

  it("says where the day or the month is first, and what it assumes where nothing shows it", async () => {
    const found = await recognised("date,nps\n01/02/2026,9\n03/04/2026,2\n");
    expect(found?.reasons[0]).toMatch(/cannot be told: the day is assumed/);
  });

  it("finds the table under a title and above a total of another width", async () => {
    const found = await recognised("# Report\n\nDay,Rating\n(date),(1-5)\n2026-08-01,4\n2026-08-02,5\n");
    expect(found?.mapping.csv).toEqual({ comment: "#", headerRows: 2 });
    expect(kindsOf(found?.facts ?? [])).toEqual({ csat: 2 });
  });

  it("is left alone where nothing can be told from it", async () => {
    expect(await recognised("a,b\n1,2\n3,4\n")).toBeUndefined();
    expect(await recognised("when,what\n2026-01-01,x\n")).toBeUndefined();
    expect(await recognised("")).toBeUndefined();
  });
});
