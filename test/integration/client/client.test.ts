import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ClientOptions,
  CxMetricsClient,
  type Fact,
  type KeyValueStorage,
} from "../../../packages/client/src/client.ts";
import { type Peer, startPeer } from "../import/peer.ts";

let peer: Peer;
beforeEach(async () => {
  peer = await startPeer();
});
afterEach(() => peer.close());

/** Retries follow at once. */
function clientOf(options: Partial<ClientOptions> = {}): CxMetricsClient {
  return new CxMetricsClient({ url: `${peer.url}/`, key: peer.key, waitMilliseconds: 60_000, ...options });
}

const answer = (score: number): Fact => ({ survey: "nps", score, occurredAt: "2026-10-01T10:00:00Z" });

/** A storage that outlives its client. */
function memory(): KeyValueStorage & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

describe("the client", () => {
  it("sends facts in batches, each to its route", async () => {
    const client = clientOf({ batchSize: 50 });
    for (let index = 0; index < 120; index += 1) client.track(answer(index % 11));
    client.track({ type: "customer.joined", customerId: "c1" });
    await client.flush();
    expect(peer.stored.size).toBe(121);
    const sizes = (route: string) =>
      peer.requests.filter((request) => request.route === route).map(({ ids }) => ids.length);
    expect(sizes("responses")).toEqual([50, 50, 20]);
    expect(sizes("events")).toEqual([1]);
  });

  it("keeps a fact's id and its time over every retry, so that it counts once", async () => {
    peer.fault = (index) => (index < 2 ? "drop-answer" : undefined);
    const retries: string[] = [];
    const client = clientOf({ onRetry: (why) => retries.push(why) });
    const ids = [client.track(answer(9)), client.track({ type: "page.loaded", milliseconds: 900 })];
    await client.flush();
    expect(retries.length).toBeGreaterThanOrEqual(2);
    expect([...peer.stored.keys()].toSorted()).toEqual(ids.toSorted());
  });

  it("tracked twice, the same order is one fact", async () => {
    const client = clientOf();
    const order = {
      type: "purchase.made",
      orderId: "A100",
      money: { amount: "10.00", currency: "EUR" },
    } as const;
    expect(client.track(order)).toBe(client.track(order));
    await client.flush();
    expect([...peer.stored.keys()]).toEqual(["purchase.made:A100"]);
  });

  it("tells of facts that do not count, and sends the others", async () => {
    const rejected: unknown[] = [];
    const client = clientOf({ onRejected: (fact, { status }) => rejected.push([fact, status]) });
    client.track(answer(11));
    client.track(answer(10));
    await client.flush();
    expect(peer.stored.size).toBe(1);
    expect(rejected).toEqual([[expect.objectContaining({ score: 11 }), "invalid"]]);
  });

  it("finds the fact on which the server fails, and sends the others", async () => {
    const bad = "bad";
    peer.fault = (_index, ids) => (ids.includes(bad) ? { status: 500 } : undefined);
    const rejected: string[] = [];
    const client = clientOf({ onRejected: (fact) => rejected.push(String(fact.id)) });
    for (let index = 0; index < 7; index += 1)
      client.track({ ...answer(5), id: index === 3 ? bad : `f${index}` });
    await client.flush();
    expect(rejected).toEqual([bad]);
    expect(peer.stored.size).toBe(6);
  }, 30_000);

  it("keeps what is not answered for in a storage, from which the next page sends it with the same ids", async () => {
    const storage = memory();
    const left = clientOf({ storage });
    const ids = [left.track(answer(9)), left.track(answer(2))];
    expect(storage.map.size).toBe(1);
    const next = clientOf({ storage });
    await next.flush();
    expect([...peer.stored.keys()]).toEqual(ids);
    expect(storage.map.size).toBe(0);
    await left.flush();
    expect(peer.stored.size).toBe(2);
  });

  it("flushes for as long as it may, and goes on later; closed, it sends nothing more and leaves the rest in the storage", async () => {
    peer.fault = () => "drop";
    const storage = memory();
    const client = clientOf({ storage });
    client.track(answer(9));
    expect(await client.flush(1)).toBe(1);
    peer.fault = () => undefined;
    expect(await client.flush()).toBe(0);
    expect(peer.stored.size).toBe(1);

    peer.fault = () => "drop";
    client.track(answer(8));
    expect(await client.close(1)).toBe(1);
    peer.fault = () => undefined;
    expect(storage.map.size).toBe(1);
    expect(await clientOf({ storage }).flush()).toBe(0);
    expect(peer.stored.size).toBe(2);
  });

  it("closed once more, or while somebody waits for it, ends at once and says how many facts still wait", async () => {
    peer.fault = () => "drop";
    const client = clientOf();
    client.track(answer(9));
    const waiting = client.flush();
    expect(await client.close(1)).toBe(1);
    expect(await waiting).toBe(1);
    expect(await client.flush()).toBe(1);
    expect(await client.close()).toBe(1);
  });

  it("gives up the oldest facts where too many wait, and tells of them", async () => {
    const rejected: unknown[] = [];
    const client = clientOf({ maxWaiting: 2, onRejected: ({ id }) => rejected.push(id) });
    const [first] = [1, 2, 3].map((score) => client.track(answer(score)));
    expect(rejected).toEqual([first]);
    await client.flush();
    expect(peer.stored.size).toBe(2);
  });
});
