import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metrics } from "../../../lib/domain/metrics/registry.ts";
import type { ApiCloud } from "../../fixtures/cloud.ts";
import { eventually } from "../../fixtures/local/eventually.ts";
import { publishedCloud } from "../../fixtures/published-cloud.ts";

/** The CloudWatch dashboards as the local cloud draws them. In a browser: test/proofs/dashboards/browser.test.ts. */

let test: ApiCloud;

beforeAll(async () => {
  test = await publishedCloud();
});

afterAll(() => test?.end());

function address(query = ""): string {
  return `${test.cloud.url}/dashboards${query}`;
}

async function page(): Promise<string> {
  return (await fetch(address())).text();
}

/** The part of the page that a widget fills. */
function widgetOf(text: string, title: string): string {
  return text.split('<div class="widget ').find((part) => part.includes(`<h3>${title}</h3>`)) ?? "";
}

describe("the dashboards of the local cloud", () => {
  it("draw what the functions published: each metric over 30 days, with its goal's lines", async () => {
    // The logs are a moment behind.
    await eventually(page, 500).toMatch(/over 30 days: <strong>0<\/strong>/);
    const text = await page();
    const nps = widgetOf(text, "Net Promoter Score");
    // As many promoters as detractors.
    expect(nps).toContain("over 30 days: <strong>0</strong>");
    expect(nps).toContain("goal: no value in this time");
    expect(nps).toMatch(/<path class="line0" d="M[^"]+L[^"]+"/);
    for (const { name, isOffDashboard = false } of metrics) {
      expect([name, widgetOf(text, name).includes("<svg")]).toEqual([name, !isOffDashboard]);
    }
  });

  it("draw requests as the gateway saw them, and where alarms ring", async () => {
    const text = await page();
    expect(widgetOf(text, "Requests refused (4xx)")).toMatch(/4xx: <strong>[1-9]/);
    expect(widgetOf(text, "Latency")).toContain("alarm: p90 for 15 minutes (3,000)");
    expect(widgetOf(text, "Facts by outcome")).toMatch(/recorded: <strong>\d/);
  });

  it("say of what only AWS measures that it is so, and what each alarm says", async () => {
    const text = await page();
    expect(widgetOf(text, "Table throttles")).toContain("only AWS measures it");
    expect(widgetOf(text, "Alarms")).toContain("CxMetrics-facts-stopped");
    expect(widgetOf(text, "Runs that failed, by function")).toContain("platform.report");
  });

  it("hold what the widget's function draws of segments, with their sizes", async () => {
    const segments = widgetOf(await page(), "What customers say, by channel");
    expect(segments).toContain("<bdi>web</bdi>");
    expect(segments).toContain("<bdi>shop</bdi>");
    expect(segments).not.toContain("cannot be drawn");
  });

  it("show another time where it is asked for", async () => {
    const text = await (await fetch(address("?days=7"))).text();
    expect(text).toContain("<strong>7 days</strong>");
    expect(await (await fetch(address("?days=8"))).text()).toContain("<strong>each its own time</strong>");
  });

  it("are looked at, not written to, and only under this machine's own name", async () => {
    expect((await fetch(address(), { method: "POST" })).status).toBe(405);
    const status = await new Promise((resolve, reject) => {
      const asked = request(address(), { headers: { host: "evil.example.com" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });
    expect(status).toBe(403);
  });

  it("are the local cloud's alone: the API has no such path", async () => {
    expect((await test.client.get("/dashboards/more")).status).toBe(404);
  });
});
