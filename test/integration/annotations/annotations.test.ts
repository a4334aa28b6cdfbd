import { beforeAll, describe, expect, it } from "vitest";
import { maxAnnotations } from "../../../lib/store/settings/annotations.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";

interface AnnotationItem {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface AnnotationList {
  readonly items: readonly AnnotationItem[];
  readonly nextCursor: string | null;
}

let cloud: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  cloud = await sharedCloud();
  api = await cloud.workspace({ trackedDimensions: ["channel"] });
});

const put = (id: string, body: unknown, client = api) =>
  client.send<AnnotationItem>("PUT", `/v1/annotations/${id}`, { body });
const list = (query = "", client = api) => client.get<AnnotationList>(`/v1/annotations${query}`);

describe("annotations", () => {
  it("are made, kept as they are, replaced, and deleted once", async () => {
    const body = { from: dayBefore(9), text: "Release", dimensions: { channel: "app" } };
    const made = await put("r", body);
    expect(made).toMatchObject({ status: 201, json: { id: "r", ...body } });
    const again = await put("r", body);
    expect(again).toMatchObject({ status: 200, json: { updatedAt: made.json.updatedAt } });
    const replaced = await put("r", { ...body, text: "Release 2" });
    expect(replaced).toMatchObject({
      status: 200,
      json: { text: "Release 2", createdAt: made.json.createdAt },
    });
    expect(await api.get("/v1/annotations/r")).toMatchObject({ status: 200, json: { text: "Release 2" } });
    expect((await api.send("DELETE", "/v1/annotations/r")).status).toBe(200);
    expect((await api.send("DELETE", "/v1/annotations/r")).status).toBe(404);
    expect((await api.get("/v1/annotations/r")).status).toBe(404);
  });

  it("that are wrong are refused with what is wrong, and change nothing", async () => {
    const client = await cloud.workspace();
    const good = { from: dayBefore(1), text: "x" };
    for (const [body, pointer] of [
      [{ ...good, link: "javascript:alert(1)" }, "/link"],
      [{ ...good, to: dayBefore(5) }, "/to"],
      [{ ...good, colour: "red" }, "/colour"],
      [{ text: "x" }, "/from"],
    ] as const) {
      const { status, json } = await client.send("PUT", "/v1/annotations/x", { body });
      expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    const raw = `{"from":"${dayBefore(1)}","text":"x","dimensions":{"__proto__":"y"}}`;
    expect((await client.send("PUT", "/v1/annotations/x", { raw })).status).toBe(422);
    expect((await put(`${"x".repeat(65)}`, good, client)).status).toBe(400);
    expect((await list("", client)).json.items).toEqual([]);
  });

  it("are listed by day, for the days that are asked for, page by page", async () => {
    const client = await cloud.workspace();
    for (const days of [1, 3, 2])
      await put(`day-${days}`, { from: dayBefore(days), text: `${days}` }, client);
    const idsOf = ({ json }: { readonly json: AnnotationList }) => json.items.map(({ id }) => id);
    expect(idsOf(await list("", client))).toEqual(["day-3", "day-2", "day-1"]);
    expect(idsOf(await list(`?from=${dayBefore(2)}`, client))).toEqual(["day-2", "day-1"]);
    const first = await list("?limit=2", client);
    expect(idsOf(first)).toEqual(["day-3", "day-2"]);
    const second = () => list(`?limit=2&cursor=${first.json.nextCursor}`, client);
    expect(idsOf(await second())).toEqual(["day-1"]);
    // Where the last one of a page is deleted meanwhile, the next page goes on as well.
    await client.send("DELETE", "/v1/annotations/day-2");
    expect(idsOf(await second())).toEqual(["day-1"]);
    await put("day-2", { from: dayBefore(2), text: "2" }, client);
    expect((await client.get(`/v1/annotations?from=${dayBefore(1)}&to=${dayBefore(2)}`)).status).toBe(400);
  });

  it("belong to their workspace alone, and only an administrator sets them", async () => {
    await put("own", { from: dayBefore(1), text: "own" });
    const other = await cloud.workspace();
    expect((await other.get("/v1/annotations/own")).status).toBe(404);
    const key = await cloud.key(api, "read");
    expect((await api.get("/v1/annotations/own", { key })).status).toBe(200);
    const body = { from: dayBefore(1), text: "changed" };
    expect((await api.send("PUT", "/v1/annotations/own", { body, key })).status).toBe(403);
  });

  it("of one id that many set at once are one, and never more than a workspace may have", async () => {
    const client = await cloud.workspace();
    const at = { from: dayBefore(1) };
    const same = await Promise.all(
      Array.from({ length: 8 }, (_, index) => put("same", { ...at, text: `${index}` }, client)),
    );
    expect(same.filter(({ status }) => status === 201)).toHaveLength(1);
    for (let done = 1; done < maxAnnotations - 3; done += 28) {
      const ids = Array.from({ length: Math.min(28, maxAnnotations - 3 - done) }, (_, index) => done + index);
      await Promise.all(ids.map((id) => put(`n-${id}`, { ...at, text: "x" }, client)));
    }
    const last = await Promise.all(
      Array.from({ length: 8 }, (_, index) => put(`last-${index}`, { ...at, text: "x" }, client)),
    );
    expect(last.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(last.filter(({ status }) => status === 409)).toHaveLength(5);
    expect((await client.send("DELETE", "/v1/annotations/same")).status).toBe(200);
    expect((await put("now", { ...at, text: "x" }, client)).status).toBe(201);
  });

  it("stand in the report with their numbers, escaped", async () => {
    const client = await cloud.workspace();
    await client.recordAll("responses", [
      { survey: "nps", score: 9, occurredAt: `${dayBefore(3)}T12:00:00Z` },
    ]);
    await put(
      "release",
      { from: dayBefore(3), text: "<script>x</script>", link: "https://example.com/?a=1&b=2" },
      client,
    );
    const response = await fetch(`${client.url}/v1/report`, {
      headers: { authorization: `Bearer ${client.key}` },
    });
    const page = await response.text();
    expect(page).toContain(
      '<a href="https://example.com/?a=1&amp;b=2" rel="noreferrer noopener"><bdi>&lt;script&gt;',
    );
    expect(page).not.toContain("<script>");
    expect(page).toContain('class="annotation-number"');
  });
});
