import { existsSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answersCsv,
  answersMapping,
  type Finished,
  makeWorkplace,
  readCsv,
  start,
  type Workplace,
} from "./cli.ts";
import { type Peer, startPeer } from "./peer.ts";

let peer: Peer;
let place: Workplace;

beforeEach(async () => {
  peer = await startPeer();
});
afterEach(async () => {
  await peer.close();
  await place.remove();
});

function run(...more: string[]): Promise<Finished> {
  return start([place.data, "--map", place.map, "--url", peer.url, ...more], { API_KEY: peer.key }).finished;
}

describe("an import", () => {
  it("sends every row once, in batches and in the file's order, and sums up", async () => {
    place = await makeWorkplace(answersCsv(1201));
    const { code, out, err } = await run("--concurrency", "1");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(peer.requests.map(({ ids }) => ids.length)).toEqual([500, 500, 201]);
    expect([...peer.stored.keys()]).toEqual(Array.from({ length: 1201 }, (_, index) => `a-${index}`));
    expect(out).toMatch(/1,201 rows, 1,201 facts answered, in \d+\.\d s \([\d,]+ facts\/s\)/);
    expect(out).toMatch(/recorded +1,201 {3}nps 1,201/);
    expect(existsSync(place.rejects)).toBe(false);
    expect(existsSync(place.state)).toBe(false);
  });

  it("run again sends the same ids, and everything is a duplicate", async () => {
    place = await makeWorkplace(answersCsv(600));
    await run();
    const before = [...peer.stored];
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/duplicate +600/);
    expect([...peer.stored]).toEqual(before);
  });

  it("keeps bodies within 1 MB whatever the size of a batch", async () => {
    place = await makeWorkplace(answersCsv(600, ([id = "", score = ""]) => [id, score, "é".repeat(2500)]));
    const { code } = await run();
    expect(code).toBe(0);
    expect(peer.stored.size).toBe(600);
    expect(Math.max(...peer.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1_000_000);
    expect(peer.requests.length).toBe(4);
  });

  it("sends facts of both kinds from one row", async () => {
    const [nps] = answersMapping.facts;
    const joined = {
      to: "events",
      fields: {
        type: "customer.joined",
        id: "c-{id}",
        customerId: "{id}",
        occurredAt: nps?.fields.occurredAt,
      },
    };
    place = await makeWorkplace(answersCsv(700), { facts: [nps, joined] });
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/recorded +1,400 {3}nps 700, customer\.joined 700/);
    expect(new Set(peer.requests.map(({ route }) => route))).toEqual(new Set(["responses", "events"]));
  });

  it("prints nothing when it is asked to be quiet and all is well", async () => {
    place = await makeWorkplace(answersCsv(3));
    expect(await run("--quiet")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("rejected rows", () => {
  it("are in the rejects file with row, reason and columns; the others are sent", async () => {
    place = await makeWorkplace(
      answersCsv(20, ([id = "", score = "", comment = ""], index) => {
        if (index === 3) return [id, "eleven", comment];
        if (index === 7) return [id, "11", '"a, ""b"""'];
        if (index === 9) return [id, ""];
        if (index === 12) return [id, "", comment];
        return [id, score, comment];
      }),
    );
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(peer.stored.size).toBe(16);
    expect(out).toMatch(/invalid +1/);
    expect(out).toMatch(/not sent +2/);
    expect(out).toMatch(/skipped rows +1 {3}no condition of the mapping holds 1/);
    expect(out).toMatch(/rejected rows +3 {3}see /);
    expect(out).toContain(place.rejects);
    const text = await readFile(place.rejects, "utf8");
    expect(text.split("\n")[0]).toBe("import_row,import_reason,id,score,comment");
    const lines = text.trim().split("\n").slice(1);
    expect(lines[0]).toMatch(/^5,"nps: \/score ""eleven"" is not a number",3,eleven,comment 3$/);
    expect(lines[1]).toMatch(/^9,nps: \/score must be an integer from 0 to 10,7,11,"a, ""b"""$/);
    expect(lines[2]).toBe('11,"the row has 2 cells, the header has 3",9,');
  });

  it("can be corrected and imported from the rejects file", async () => {
    place = await makeWorkplace(
      answersCsv(5, ([id = "", score = "", c = ""], i) => [id, i === 2 ? "?" : score, c]),
    );
    await run();
    const corrected = join(place.folder, "corrected.csv");
    await writeFile(corrected, (await readFile(place.rejects, "utf8")).replace("?,comment", "9,comment"));
    const { code } = await start([corrected, "--map", place.map, "--url", peer.url], { API_KEY: peer.key })
      .finished;
    expect(code).toBe(0);
    expect(peer.stored.size).toBe(5);
  });

  it("include facts whose id the server has with other content", async () => {
    place = await makeWorkplace(answersCsv(5));
    await run();
    await writeFile(
      place.data,
      answersCsv(5, ([id = "", score = ""], i) => [id, score, i === 4 ? "changed" : `comment ${i}`]),
    );
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toMatch(/conflict +1/);
    expect(await readCsv(place.rejects)).toEqual([
      {
        import_row: "6",
        import_reason: "nps: /id the server has another fact with the id a-4",
        id: "4",
        score: "4",
        comment: "changed",
      },
    ]);
  });

  it("of an earlier import do not stay when the next has none", async () => {
    place = await makeWorkplace(answersCsv(2, ([id = "", , c = ""]) => [id, "x", c]));
    await run();
    expect(existsSync(place.rejects)).toBe(true);
    await writeFile(place.data, answersCsv(2));
    await run();
    expect(existsSync(place.rejects)).toBe(false);
  });

  it("never take the place of a file that is something else", async () => {
    place = await makeWorkplace(answersCsv(2));
    await writeFile(place.rejects, "my only copy");
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toMatch(/is no rejects file: name another with --rejects/);
    expect(await readFile(place.rejects, "utf8")).toBe("my only copy");
    expect(peer.requests).toEqual([]);
  });
});

describe("a dry run", () => {
  it("checks everything, shows the first facts, and neither sends nor writes", async () => {
    place = await makeWorkplace(
      answersCsv(1000, ([id = "", score = "", c = ""], i) => [id, i === 400 ? "12" : score, c]),
    );
    const { code, out, err } = await start([place.data, "--map", place.map, "--url", peer.url, "--dry-run"])
      .finished;
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain(
      '{"id":"a-0","survey":"nps","occurredAt":"2024-04-01T12:00:00Z","score":0,"comment":"comment 0"}',
    );
    expect(out).toContain("row 402: nps: /score must be an integer from 0 to 10");
    expect(out).toMatch(/1,000 rows read, nothing sent/);
    expect(out).toMatch(/valid facts +999/);
    expect(peer.requests).toEqual([]);
    expect(existsSync(place.rejects)).toBe(false);
    expect(existsSync(place.state)).toBe(false);
  });
});

describe("before anything is sent", () => {
  it("a column that the file lacks stops the import", async () => {
    place = await makeWorkplace("id,points\n1,2\n");
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toMatch(
      /mapping\.json: does not fit the file:\n {2}facts\[0\].*the file has no column "score"/,
    );
    expect(peer.requests).toEqual([]);
  });

  it("a mapping of which no fact can be valid stops the import", async () => {
    const [nps] = answersMapping.facts;
    place = await makeWorkplace(answersCsv(50), {
      facts: [{ ...nps, fields: { ...nps?.fields, scroe: 1 } }],
    });
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toMatch(/no valid "nps": in all of the first 50, \/scroe is not a known field/);
    expect(peer.requests).toEqual([]);
  });
});

describe("a file or mapping that changed", () => {
  it("after an interruption is imported from the beginning, and says so", async () => {
    place = await makeWorkplace(answersCsv(100));
    peer.fault = (index) => (index === 1 ? { status: 400, body: { title: "Bad Request" } } : undefined);
    const first = await run("--batch", "40", "--concurrency", "1");
    expect(first.code).toBe(3);
    expect(first.err).toMatch(/refused the whole request of rows 42 to 81 \(400; Bad Request\)/);
    expect(first.err).toMatch(/40 facts are answered for; the same command goes on after them/);
    peer.fault = () => undefined;
    await appendFile(place.data, "100,5,late\n");
    const { code, err, out } = await run("--batch", "40");
    expect(code).toBe(0);
    expect(err).toMatch(/Starting from the beginning: the data file has changed/);
    expect(out).toMatch(/recorded +61/);
    expect(out).toMatch(/duplicate +40/);
  });
});

describe("a file without a mapping", () => {
  const text =
    "Person ID,Response ID,Survey Type,Score,Comment,Survey Sent At,Response Received At\n" +
    "p1,r1,nps,9,Good,2026-05-01 08:01:00 UTC,2026-05-01 09:30:00 UTC\n";
  const withoutMapping = (...more: string[]) =>
    start([place.data, "--url", peer.url, ...more], { API_KEY: peer.key }).finished;

  it("is recognised, shown with the reasons, and imported; its mapping is kept for the next time", async () => {
    place = await makeWorkplace(text);
    const { code, out } = await withoutMapping("--yes");
    expect(code).toBe(0);
    expect(out).toMatch(/Recognised: Delighted: survey responses\n {2}- the columns "Response ID"/);
    expect([...peer.stored.keys()]).toEqual(["r1", "invitation-r1"]);
    expect(out).toContain(`The mapping is in ${place.data}.mapping.json`);
    const again = await withoutMapping();
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/which is there already/) });
    expect(peer.stored.size).toBe(2);
  });

  it("is shown in a dry run, which writes nothing", async () => {
    place = await makeWorkplace(text);
    const { code, out } = await withoutMapping("--dry-run");
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Recognised[\s\S]*nothing sent/) });
    expect(existsSync(`${place.data}.mapping.json`)).toBe(false);
  });

  it("is neither sent nor given a mapping where nobody can be asked", async () => {
    place = await makeWorkplace(text);
    const { code, err } = await withoutMapping();
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/nobody can be asked.*say --yes/) });
    expect(peer.requests).toEqual([]);
    expect(existsSync(`${place.data}.mapping.json`)).toBe(false);
  });

  it("that nothing can be told from is refused with what to do", async () => {
    place = await makeWorkplace("a,b\n1,2\n");
    const { code, err } = await withoutMapping("--yes");
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/Write a mapping.*docs\/importing\.md/),
    });
  });
});
