import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunksOf } from "../../lib/store/table/chunks.ts";
import { type ApiClient, dayBefore } from "../fixtures/api-client.ts";
import {
  devices,
  expectSoundPage,
  hasBrowser,
  missingBrowser,
  signIn,
  startBrowser,
} from "../fixtures/browser.ts";
import { BrowserClient } from "../fixtures/browser-client.ts";
import { ApiCloud } from "../fixtures/cloud.ts";

/** The pages of a workspace with many answers: 100,000 of them with `SIZE=1`, else a part; of one with `SIZE=0.00001`. */

const size = Number(process.env["SIZE"] ?? 0.05);
const answers = Math.round(100_000 * size);
/** Whether there are enough of them for a finding. */
const isMany = answers >= 1_000;

const used = { read: 0, write: 0 };
let cloud: ApiCloud;
let api: ApiClient;
let reader: BrowserClient;

const channels = ["web", "app", "shop", "phone", "mail"];
/** Every fourth answer has a comment, on each of the days. */
const comment = (index: number) =>
  (index + Math.floor(index / 364)) % 4 === 0
    ? { comment: `The parcel ${index % 7} arrived late <b>${index}</b>`, tags: ["delivery"] }
    : {};

/** Worse in the last eight weeks, and there most in the app. */
function answer(index: number) {
  const age = index % 364;
  const channel = channels[index % 5] ?? "web";
  const isBad = age < 56 && (channel === "app" || index % 3 === 0);
  return {
    ...{ survey: "nps", id: `a-${index}`, score: isBad ? index % 7 : 7 + (index % 4) },
    ...{
      occurredAt: `${dayBefore(age + 1)}T12:00:00Z`,
      dimensions: { channel },
      customerId: `c-${index % 2_000}`,
    },
    ...comment(index),
  };
}

beforeAll(async () => {
  cloud = await ApiCloud.start({
    variables: { KEY_REQUESTS_PER_SECOND: "1000000" },
    onCapacity: ({ kind, units }) => {
      used[kind] += units;
    },
  });
  api = await cloud.workspace({ trackedDimensions: ["channel"] }, 400);
  const batches = chunksOf(
    Array.from({ length: answers }, (_, index) => answer(index)),
    500,
  );
  for (const some of chunksOf(batches, 4)) {
    await Promise.all(some.map((batch) => api.recordAll("responses", batch)));
  }
  reader = await new BrowserClient(cloud.cloud.url).signedIn(api.key);
});
afterAll(() => cloud?.end());

const range = `from=${dayBefore(112)}&to=${dayBefore(1)}`;
const year = `from=${dayBefore(364)}&to=${dayBefore(1)}`;

describe(`the pages of ${answers.toLocaleString("en")} answers`, () => {
  it.each([
    [`/?${year}`, 100],
    [`/metrics/nps?${year}`, 500],
    [`/metrics/nps?${year}&groupBy=channel&sort=value&order=asc`, 500],
    ["/comments?survey=nps", 500],
    ["/customers", 500],
    ["/goals", 20],
  ])("are read for a bounded price and are of a bounded size: %s", async (path, units) => {
    Object.assign(used, { read: 0, write: 0 });
    const { status, text } = await reader.open(path);
    expect(status, text).toBe(200);
    expect(used.read).toBeLessThanOrEqual(units);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(150_000);
    expect(text).not.toContain("<b>");
  });

  it.runIf(isMany)(
    "say what became worse, since when, where, and what people wrote in those days",
    async () => {
      const { text } = await reader.open(`/?${range}`);
      const [first = ""] = /<ul class="news">[\s\S]*?<\/li>/.exec(text) ?? [];
      expect(first).toContain('class="worse"');
      expect(first).toContain("Net Promoter Score");
      expect(first).toContain("<strong><bdi>app</bdi></strong>");
      expect(first).toContain("<strong><bdi>delivery</bdi></strong>");
      expect(first).toMatch(/<blockquote dir="auto">The parcel \d arrived late &lt;b&gt;/);
    },
  );

  it.runIf(isMany)("quote nobody of another segment", async () => {
    const { text } = await reader.open(`/?${range}&filter.channel=nowhere`);
    expect(text).not.toContain("<blockquote");
    const own = await reader.open(`/?${range}&filter.channel=app`);
    const quotes = [...own.text.matchAll(/late &lt;b&gt;(\d+)/g)].map(([, index]) => Number(index) % 5);
    expect(new Set(quotes)).toEqual(new Set([channels.indexOf("app")]));
  });

  it.runIf(isMany)("sort groups by their value", async () => {
    const { text } = await reader.open(`/metrics/nps?${range}&groupBy=channel&sort=value&order=asc`);
    const [worst] =
      /<bdi>(web|app|shop|phone|mail)<\/bdi>/.exec(text.split('class="stacked"')[1] ?? "") ?? [];
    expect(worst).toBe("<bdi>app</bdi>");
  });

  it.skipIf(!hasBrowser).each(devices)(
    `are whole in a browser, on a %s${missingBrowser}`,
    async (_, options) => {
      const browser = await startBrowser();
      try {
        const opened = await signIn(browser, cloud.cloud.url, api.key, options);
        const grouped = `/metrics/nps?${year}&groupBy=channel`;
        const paths = [
          `/?${year}`,
          `/metrics/nps?${year}`,
          grouped,
          "/comments?survey=nps",
          "/customers",
          "/goals",
        ];
        for (const path of paths) await expectSoundPage(opened, path);
      } finally {
        await browser.close();
      }
    },
  );
});
