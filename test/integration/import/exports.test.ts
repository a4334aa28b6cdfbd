import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Finished, makeWorkplace, start, type Workplace } from "./cli.ts";
import { type Peer, startPeer } from "./peer.ts";

/** Files as other tools export them: they grow, have rows to be put right, and are written in ways of their own. */

let peer: Peer;
let place: Workplace | undefined;

beforeEach(async () => {
  peer = await startPeer();
});
afterEach(async () => {
  await peer.close();
  await place?.remove();
  place = undefined;
});

function run(file: string, ...more: string[]): Promise<Finished> {
  if (!place) throw new Error("there is no file yet");
  return start([file, "--map", place.map, "--url", peer.url, ...more], { API_KEY: peer.key }).finished;
}

/** Puts a rejected row right, as a person does, in a file of its own. */
async function correct(change: (text: string) => string, encoding: BufferEncoding = "utf8"): Promise<string> {
  if (!place) throw new Error("there is no file yet");
  const corrected = join(place.folder, "corrected.csv");
  await writeFile(corrected, change(await readFile(place.rejects, encoding)), encoding);
  return corrected;
}

const scores = () => [...peer.facts.values()].map(({ score }) => score);

/** Answers to one survey, without ids. */
const nps = {
  times: { format: "yyyy-MM-dd HH:mm", zone: "UTC" },
  facts: [
    {
      to: "responses",
      fields: {
        ...{ survey: "nps", occurredAt: { time: "{when}" }, score: { number: "{score}" } },
        comment: "{comment}",
      },
    },
  ],
};

describe("a file without ids", () => {
  it("is imported again when it has grown, newest first, and every row counts once", async () => {
    const days = Array.from({ length: 12 }, (_, index) => `2026-05-${10 + index} 09:30,${index % 3},`);
    // Two that say the same are two.
    const file = (lines: readonly string[]) => ["when,score,comment", ...lines.toReversed(), ""].join("\n");
    place = await makeWorkplace(file([...days.slice(0, 8), "2026-05-10 09:30,0,"]), nps);
    expect((await run(place.data)).code).toBe(0);
    expect(peer.stored.size).toBe(9);
    await writeFile(place.data, file([...days.slice(0, 8), "2026-05-10 09:30,0,", ...days.slice(8)]));
    const { code, out } = await run(place.data);
    expect(code).toBe(0);
    expect(out).toMatch(/recorded +4/);
    expect(out).toMatch(/duplicate +9/);
  });

  it("goes on after an interruption with the ids that it would have had", async () => {
    place = await makeWorkplace(`when,score,comment\n${"2026-05-10 09:30,7,\n".repeat(40)}`, nps);
    peer.fault = (index) => (index === 2 ? { status: 401 } : undefined);
    expect((await run(place.data, "--batch", "10")).code).toBe(2);
    expect(peer.stored.size).toBe(20);
    peer.fault = () => undefined;
    const { err } = await run(place.data, "--batch", "10");
    expect(err).toMatch(/Continuing after row 21/);
    expect(peer.stored.size).toBe(40);
  });
});

describe("rejected rows", () => {
  it("that are put right and imported count what was missing, and nothing twice", async () => {
    const two = (["csat", "ces"] as const).map((survey) => ({
      to: "responses",
      fields: { survey, occurredAt: { time: "{when}" }, score: { number: `{${survey}}` } },
    }));
    const rows = ["2026-05-01 10:00,4,5", "2026-05-01 11:00,3,?", "2026-05-01 12:00,five,2"];
    place = await makeWorkplace(["when,csat,ces", ...rows, ""].join("\n"), { ...nps, facts: two });
    expect((await run(place.data)).code).toBe(1);
    expect(scores()).toEqual([4, 5, 3, 2]);
    const corrected = await correct((text) => text.replace(",3,?", ",3,6").replace(",five,2", ",5,2"));
    const { code, out } = await run(corrected);
    expect(code).toBe(0);
    expect(out).toMatch(/recorded +2/);
    expect(scores()).toEqual([4, 5, 3, 2, 6, 5]);
    expect((await run(corrected)).out).toMatch(/duplicate +4/);
  });

  it("without a date of their own keep the day that their place gave them", async () => {
    const spread = { spread: { from: "2024-04-01", days: 30 }, at: "12:00", zone: "UTC" };
    const two = (["csat", "ces"] as const).map((survey) => ({
      to: "responses",
      fields: { survey, occurredAt: spread, score: { number: `{${survey}}` } },
    }));
    place = await makeWorkplace("csat,ces\n4,5\n4,6\n1,x\n2,2\n", { facts: two });
    expect((await run(place.data)).code).toBe(1);
    const { code, out } = await run(await correct((text) => text.replace(",1,x", ",1,7")));
    expect(code).toBe(0);
    expect(out).toMatch(/recorded +1 /);
    expect([...peer.facts.values()].at(-1)).toMatchObject({ score: 7, occurredAt: "2024-04-03T12:00:00Z" });
  });

  it.each([
    ["windows-1252", "latin1"],
    ["utf-16le", "utf16le"],
    ["utf-8", "utf8"],
  ] as const)("are written as the file is, with semicolons in %s", async (encoding, name) => {
    const mark = encoding === "windows-1252" ? "" : "\uFEFF";
    const lines = [
      '01.06.2026;9;"Très bien; merci"',
      "02.06.2026;elf;Déçu à moitié",
      '03.06.2026;?;"Zu\r\nlangsam"',
    ];
    const text = `${mark}Datum;Wert;Kommentar\r\n${lines.join("\r\n")}\r\n`;
    place = await makeWorkplace(Buffer.from(text, name), {
      csv: { delimiter: ";", encoding },
      times: { format: "dd.MM.yyyy", at: "12:00", zone: "Europe/Berlin" },
      facts: [
        {
          to: "responses",
          fields: {
            ...{ survey: "nps", occurredAt: { time: "{Datum}" }, score: { number: "{Wert}" } },
            comment: "{Kommentar}",
          },
        },
      ],
    });
    expect((await run(place.data)).code).toBe(1);
    const rejected = await readFile(place.rejects, name);
    expect(rejected.startsWith(`${mark}import_row;import_reason;Datum;Wert;Kommentar\r\n`)).toBe(true);
    const corrected = await correct((all) => all.replace(";elf;", ";10;").replace(";?;", ";0;"), name);
    expect((await run(corrected)).code).toBe(0);
    expect(scores()).toEqual([9, 10, 0]);
    expect([...peer.facts.values()].map(({ comment }) => comment)).toEqual([
      "Très bien; merci",
      "Déçu à moitié",
      "Zu\r\nlangsam",
    ]);
  });
});

describe("one row that is broken", () => {
  const file = (rows: readonly string[]) => ["when,score,comment", ...rows, ""].join("\n");
  const rowsOf = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `2026-03-01 10:${String(index).padStart(2, "0")},7,c${index}`,
    );

  it.each(['2026-03-02 10:00,7,"he said no', '2026-03-02 10:00,7,he said "no'])(
    "by a stray quote costs at most itself: %s",
    async (row) => {
      place = await makeWorkplace(file([...rowsOf(30), row, ...rowsOf(60).slice(30)]), nps);
      const { out } = await run(place.data);
      expect(peer.stored.size).toBeGreaterThanOrEqual(60);
      expect(out).toMatch(/rejected rows +[01]\b/);
    },
  );

  it("by mixed line ends is none", async () => {
    place = await makeWorkplace(
      "when,score,comment\r\n2026-03-01 10:00,1,\n2026-03-01 11:00,2,\r2026-03-01 12:00,3,\r\n",
      nps,
    );
    expect((await run(place.data)).code).toBe(0);
    expect(scores()).toEqual([1, 2, 3]);
  });

  it("by a comment that is too long is sent with the comment cut, and counted", async () => {
    place = await makeWorkplace(file([...rowsOf(3), `2026-03-02 10:00,5,${"é".repeat(6_000)}`]), nps);
    const { code, out } = await run(place.data);
    expect([code, peer.stored.size]).toEqual([0, 4]);
    expect(out).toMatch(/cut comments +1/);
    expect([...peer.facts.values()].at(-1)?.["comment"]).toBe("é".repeat(5_000));
  });
});

describe("a fact that the server fails on", () => {
  const mapping = {
    ...nps,
    facts: nps.facts.map(({ fields, ...fact }) => ({ ...fact, fields: { ...fields, id: "{comment}" } })),
  };
  const rows = Array.from(
    { length: 30 },
    (_, index) => `2026-04-01 10:${10 + index},${index % 11},f${index}`,
  );
  const breaksOn =
    (...poisoned: string[]) =>
    (_index: number, ids: readonly string[]) =>
      poisoned.some((id) => ids.includes(id)) ? { status: 500 } : undefined;

  it.each([["f14"], ["f0"], ["f29"], ["f3", "f4", "f22"]])(
    "is rejected with its row and the reason, and all others are stored: %s",
    async (...poisoned) => {
      place = await makeWorkplace(["when,score,comment", ...rows, ""].join("\n"), mapping);
      peer.fault = breaksOn(...poisoned);
      const { code, out } = await run(place.data);
      expect(code).toBe(1);
      expect(out).toMatch(new RegExp(`recorded +${30 - poisoned.length}`));
      expect(peer.stored.size).toBe(30 - poisoned.length);
      const rejected = (await readFile(place.rejects, "utf8")).trim().split("\n").slice(1);
      expect(rejected.map((line) => line.split(",").slice(0, 2))).toEqual(
        poisoned.map((id) => [
          String(Number(id.slice(1)) + 2),
          "nps: the server fails on it: the server answered 500",
        ]),
      );
    },
    300_000,
  );

  it("is not looked for where the server fails on everything: no row is to blame", async () => {
    place = await makeWorkplace(["when,score,comment", ...rows.slice(0, 3), ""].join("\n"), mapping);
    peer.fault = () => ({ status: 500 });
    const { code, err } = await run(place.data);
    expect([code, peer.stored.size]).toEqual([3, 0]);
    expect(err).toMatch(/the server answered 500/);
  });
});
