import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Batch } from "../../../lib/tools/import/chunks.ts";
import { createSender } from "../../../lib/tools/import/sender.ts";
import { answersCsv, type Finished, makeWorkplace, readCsv, start, type Workplace } from "./cli.ts";
import { type Fault, type Peer, startPeer } from "./peer.ts";

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

function argumentsFor({ data, map }: Workplace, ...more: string[]): string[] {
  return [data, "--map", map, "--url", peer.url, ...more];
}

function run(workplace: Workplace, ...more: string[]): Promise<Finished> {
  return start(argumentsFor(workplace, ...more), { API_KEY: peer.key }).finished;
}

const everyId = (rows: number) => Array.from({ length: rows }, (_, index) => `a-${index}`);

describe("passing faults", () => {
  it("dropped connections and answers lose nothing and count nothing twice", async () => {
    place = await makeWorkplace(answersCsv(400));
    const faults = new Map<number, Fault>([
      [1, "drop"],
      [2, "drop-answer"],
      [5, "drop-answer"],
      [6, { status: 503 }],
      [8, { status: 500 }],
    ]);
    peer.fault = (index) => faults.get(index);
    const { code, out } = await run(place, "--batch", "50");
    expect(code).toBe(0);
    expect([...peer.stored.keys()].toSorted()).toEqual(everyId(400).toSorted());
    expect(out).toMatch(/400 facts answered/);
    expect(out).toMatch(/invalid +0/);
  });

  it("429 is tried again after the time that the server asks for", async () => {
    place = await makeWorkplace(answersCsv(10));
    peer.fault = (index) => (index === 0 ? { status: 429, headers: { "retry-after": "1" } } : undefined);
    const { code, err } = await run(place);
    expect(code).toBe(0);
    const [first, second] = peer.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(err).toMatch(/the server answered 429: trying again in 1\.0 s/);
  });
});

describe("faults that do not pass", () => {
  const batch: Batch = {
    to: "responses",
    facts: [
      {
        row: { number: 2, index: 0, cells: [] },
        fact: { name: "nps", to: "responses", id: "a", fields: {} },
        json: '{"id":"a"}',
      },
    ],
  };
  const senderOf = (timeoutMilliseconds = 5000) =>
    createSender({
      url: peer.url,
      key: peer.key,
      retry: {
        tries: 4,
        triesUnreached: 2,
        totalMilliseconds: 60_000,
        baseMilliseconds: 1,
        capMilliseconds: 4,
      },
      timeoutMilliseconds,
      onRetry: () => undefined,
    });
  const never = new AbortController().signal;

  it("end the import after a bounded number of tries", async () => {
    peer.fault = () => ({ status: 503 });
    await expect(senderOf().send(batch, never)).rejects.toMatchObject({
      name: "ServerError",
      exit: 3,
      message: "gave up after trying 4 times: the server answered 503",
    });
    expect(peer.requests.length).toBe(4);
  });

  it("end it, too, when the server asks for more patience than there is", async () => {
    peer.fault = () => ({ status: 429, headers: { "retry-after": "3600" } });
    await expect(senderOf().send(batch, never)).rejects.toThrow(
      /gave up after trying once: the server answered 429/,
    );
  });

  it("answers that never come count as faults", async () => {
    peer.fault = () => new Promise(() => undefined);
    await expect(senderOf(50).send(batch, never)).rejects.toThrow(/no answer in time/);
  });

  it("an answer that is not the API's is refused", async () => {
    peer.fault = () => ({ status: 200, body: { results: [] } });
    await expect(senderOf().send(batch, never)).rejects.toThrow(/is it the right URL/);
  });

  it.each([
    [403, 2, /may not send facts \(403; no scope\): it needs the scope "ingest"/],
    [404, 2, /has no \/v1\/responses \(404\)/],
    [413, 2, /rows 2 to 2 too large \(413\).*--batch/],
    [422, 3, /refused the whole request of rows 2 to 2 \(422; no scope\)/],
    [301, 2, /redirects \(301\) to https:\/\/example\.com\/: give that as --url/],
  ])("%i stops at once with what to do", async (status, exit, message) => {
    peer.fault = () => ({
      status,
      headers: { location: "https://example.com/" },
      body: { detail: "no scope" },
    });
    const failure = senderOf().send(batch, never);
    await expect(failure).rejects.toMatchObject({ exit, message: expect.stringMatching(message) });
    expect(peer.requests.length).toBe(1);
  });

  it("a wrong key stops the import and is never printed", async () => {
    place = await makeWorkplace(answersCsv(10));
    const { code, out, err } = await run(place, "--key", "wrong-secret");
    expect(code).toBe(2);
    expect(err).toMatch(/does not know the key \(401\)/);
    expect(`${out}${err}`).not.toContain("wrong-secret");
    expect(peer.requests.length).toBe(1);
    expect(peer.stored.size).toBe(0);
  });

  it("a server that is not there is named", async () => {
    place = await makeWorkplace(answersCsv(10));
    const { url } = peer;
    await peer.close();
    const { code, err } = await run(place);
    expect(code).toBe(3);
    expect(err).toContain(`cannot reach ${url} (ECONNREFUSED; tried 3 times): is the server running`);
    peer = await startPeer();
  });
});

describe("an interrupted import", () => {
  const rows = 400;
  /** Every 90th row is rejected by the mapping, every 100th by the server. */
  const data = answersCsv(rows, ([id = "", score = "", comment = ""], index) => {
    if (index % 90 === 89) return [id, "?", comment];
    return [id, index % 100 === 99 ? "11" : score, comment];
  });
  const rejectedRows = [91, 101, 181, 201, 271, 301, 361, 401];
  const options = ["--batch", "30", "--concurrency", "2"];

  async function expectComplete(workplace: Workplace): Promise<void> {
    expect(peer.stored.size).toBe(rows - rejectedRows.length);
    const rejects = await readCsv(workplace.rejects);
    expect(rejects.map((reject) => Number(reject["import_row"]))).toEqual(rejectedRows);
    expect(existsSync(workplace.state)).toBe(false);
  }

  it("killed in mid-run goes on where it was, without loss, and lists each rejected row once", async () => {
    place = await makeWorkplace(data);
    peer.fault = (index) => (index >= 7 ? new Promise(() => undefined) : undefined);
    const { child, finished } = start(argumentsFor(place, ...options), { API_KEY: peer.key });
    await peer.received(9);
    child.kill("SIGKILL");
    await finished;
    const { lastRow } = JSON.parse(await readFile(place.state, "utf8"));
    expect(lastRow).toBeGreaterThan(30);

    peer.fault = () => undefined;
    const before = peer.requests.length;
    const { code, out, err } = await run(place, ...options);
    expect(code).toBe(1);
    expect(err).toContain(`Continuing after row ${lastRow}`);
    expect(peer.requests[before]?.ids[0]).toBe(`a-${lastRow - 1}`);
    expect(out).toMatch(new RegExp(`^${rows} rows, ${rows - 4} facts answered`));
    await expectComplete(place);
  });

  it("by Ctrl-C answers for what is under way and says how to go on", async () => {
    place = await makeWorkplace(data);
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    peer.fault = (index) => (index >= 4 ? held : undefined);
    const { child, finished } = start(argumentsFor(place, ...options), { API_KEY: peer.key });
    await peer.received(6);
    const noticed = new Promise((done) => child.stderr?.on("data", done));
    child.kill("SIGINT");
    await noticed;
    release();
    const first = await finished;
    expect(first.code).toBe(130);
    expect(first.err).toMatch(/Interrupted after row \d+: the same command goes on there/);
    const { lastRow, tally } = JSON.parse(await readFile(place.state, "utf8"));
    expect(tally.facts.nps.recorded).toBe(peer.stored.size);

    const before = peer.requests.length;
    const { code } = await run(place, ...options);
    expect(code).toBe(1);
    expect(peer.requests[before]?.ids[0]).toBe(`a-${lastRow - 1}`);
    await expectComplete(place);
  });

  it("starts anew with --restart", async () => {
    place = await makeWorkplace(data);
    peer.fault = (index) => (index >= 4 ? { status: 400 } : undefined);
    expect((await run(place, ...options)).code).toBe(3);
    peer.fault = () => undefined;
    const before = peer.requests.length;
    const { err } = await run(place, ...options, "--restart");
    expect(err).toBe("");
    expect(peer.requests[before]?.ids[0]).toBe("a-0");
    await expectComplete(place);
  });
});
