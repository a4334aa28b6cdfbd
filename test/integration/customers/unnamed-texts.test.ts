import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../fixtures/api-client.ts";
import { type ApiCloud, sharedCloud } from "../../fixtures/cloud.ts";
import { storedItems } from "../../fixtures/stored.ts";
import { differencesOf, erase } from "./customers.ts";

/** What was written about a person's tickets and invitations by facts that do not name the person. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await sharedCloud();
});
afterAll(() => test?.end());
beforeEach(async () => {
  api = await test.workspace();
});

const at = (hour: number) => ({ occurredAt: `2024-05-02T${String(hour).padStart(2, "0")}:00:00Z` });

const ticket = (id: string, kind: string, ticketId: string, hour: number, more: object = {}) => ({
  ...{ id, type: `ticket.${kind}`, ticketId, ...at(hour), ...more },
});

const answer = (id: string, hour: number, more: object) => ({
  id,
  survey: "csat",
  score: 2,
  ...at(hour),
  ...more,
});

/** Everything about one ticket and one invitation of Kim's, of which only one fact each names Kim. */
async function recordKim(): Promise<void> {
  await api.recordAll("events", [
    ticket("early", "replied", "T-1", 8, { message: "Dear Kim Novak" }),
    ticket("opened", "opened", "T-1", 9, { customerId: "kim" }),
    ticket("replied", "replied", "T-1", 10, { message: "We called Kim Novak back" }),
    ticket("resolved", "resolved", "T-1", 11, { message: "Kim Novak is content" }),
    {
      id: "sent",
      type: "invitation.sent",
      invitationId: "I-1",
      customerId: "kim",
      ...at(12),
    },
  ]);
  await api.recordAll("responses", [
    answer("by-ticket", 13, { ticketId: "T-1", comment: "This is Kim Novak" }),
    answer("by-invitation", 14, { invitationId: "I-1", comment: "Kim Novak again" }),
    answer("by-both", 15, { invitationId: "I-1", ticketId: "T-9", comment: "Novak, once more" }),
  ]);
}

async function recordOthers(): Promise<void> {
  await api.recordAll("events", [
    ticket("other", "opened", "T-2", 9, { message: "Another parcel", customerId: "lee" }),
    ticket("loose", "replied", "T-2", 10, { message: "Another reply" }),
    ticket("lee-in-kims", "replied", "T-1", 16, { message: "Another person", customerId: "lee" }),
  ]);
}

async function textsLeft(): Promise<string[]> {
  const items = await storedItems(test.cloud, api.workspace);
  return items.flatMap((item) => /"(?:comment|message)":"([^"]*)"/.exec(item)?.[1] ?? []).sort();
}

describe("texts about a person's tickets and invitations that do not name the person", () => {
  it("are erased with the person, whichever came first; those of others stay", async () => {
    await recordKim();
    await recordOthers();
    expect(await erase(api, "kim")).toEqual({ facts: 8, comments: 6, customer: true, deliveries: 0 });
    expect(await textsLeft()).toEqual(["Another parcel", "Another person", "Another reply"]);
    const items = await storedItems(test.cloud, api.workspace);
    expect(items.filter((item) => /novak|"kim"|#kim/i.test(item))).toEqual([]);
  });

  it("are not found any more, by words, lists or terms, and what was counted stays", async () => {
    await recordKim();
    const counted = () =>
      Promise.all(
        ["csat", "contact-volume", "feedback-volume", "resolution-time", "survey-response-rate"].map((id) =>
          api.total(id, "2024-05-02", "2024-05-02"),
        ),
      );
    const before = await counted();
    await erase(api, "kim");
    expect(await counted()).toEqual(before);
    expect(await differencesOf(api, "2024-05-01", "2024-05-03")).toBe(0);
    const answers = await Promise.all(
      ["/v1/events?q=novak", "/v1/responses?q=novak", "/v1/events?hasMessage=true"].map((path) =>
        api.get<{ items: object[] }>(path),
      ),
    );
    expect(answers.map(({ json }) => json.items)).toEqual([[], [], []]);
    for (const query of ["survey=csat", "type=ticket.replied,ticket.resolved"]) {
      const { json } = await api.get(`/v1/terms?${query}&from=2024-05-01&to=2024-05-03`);
      expect(JSON.stringify(json)).not.toMatch(/novak/i);
    }
  });

  it("are restored by nobody who sends them again, and those that come later are a new person's", async () => {
    await recordKim();
    await erase(api, "kim");
    expect(
      await api.batch("responses", [answer("by-ticket", 13, { ticketId: "T-1", comment: "Novak" })]),
    ).toMatchObject({ duplicate: 1 });
    await api.recordAll("events", [ticket("later", "replied", "T-1", 17, { message: "Later" })]);
    expect(await erase(api, "kim")).toEqual({ facts: 0, comments: 0, customer: false, deliveries: 0 });
    expect(await textsLeft()).toEqual(["Later"]);
  });

  it("are all erased where there are more than fit one transaction", async () => {
    const replies = Array.from({ length: 120 }, (_, index) =>
      ticket(`r-${index}`, "replied", "T-1", index % 24, { message: `Kim Novak ${index}` }),
    );
    await api.recordAll("events", [ticket("opened", "opened", "T-1", 0, { customerId: "kim" }), ...replies]);
    expect(await erase(api, "kim")).toMatchObject({ facts: 121, comments: 120 });
    expect(await textsLeft()).toEqual([]);
  });
});
