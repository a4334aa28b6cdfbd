import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";
import { answersCsv, makeWorkplace, start } from "./cli.ts";

/** An import that has closed days archived at once, against a running cloud with an archive. */

interface Archive {
  readonly archived: { readonly days: number };
  readonly waiting: { readonly days: number };
}

let test: ApiCloud;
let client: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
  client = test.client;
});
afterAll(() => test?.end());

async function archive(): Promise<Archive> {
  return (await client.get<Archive>("/v1/archive")).json;
}

async function importAs(key: string) {
  // One answer on each of 30 days of 2024.
  const place = await makeWorkplace(answersCsv(30));
  const args = [place.data, "--map", place.map, "--url", test.cloud.url, "--archive"];
  const run = await start(args, { API_KEY: key }).finished;
  await place.remove();
  return run;
}

describe("an import with --archive", () => {
  it("with a key that may only send facts leaves closed days to the hourly run, says so, and has succeeded", async () => {
    const { code, out, err } = await importAs(await test.key(client, "ingest"));
    expect(code).toBe(0);
    expect(out).toMatch(/recorded +30/);
    expect(err).toContain("The next hourly run archives the closed days: this key may not ask for it now.");
    expect((await archive()).archived.days).toBe(0);
  });

  it("with an admin key archives every day that it filled, and says which", async () => {
    const { waiting } = await archive();
    expect(waiting.days).toBeGreaterThanOrEqual(30);
    const { code, out } = await importAs(client.key);
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `Archiving ${waiting.days} closed days \\(2024-04-01 to \\d{4}-\\d{2}-\\d{2}\\) in the background`,
      ),
    );
    await test.cloud.idle();
    expect(await archive()).toMatchObject({ archived: { days: waiting.days }, waiting: { days: 0 } });
    expect((await importAs(client.key)).out).toContain("No closed days wait to be archived.");
  });
});

it("an import with --archive into a deployment without one has succeeded, and says that there is none, also with --quiet", async () => {
  const other = await ApiCloud.start();
  const place = await makeWorkplace(answersCsv(3));
  const args = [place.data, "--map", place.map, "--url", other.cloud.url, "--archive", "--quiet"];
  const { code, out, err } = await start(args, { API_KEY: other.client.key }).finished;
  expect(code).toBe(0);
  expect(err).toContain("there is no archive");
  expect(out).toBe("");
  await place.remove();
  await other.end();
});
