import { describe, expect, it } from "vitest";
import { objectAt, readPayload, readRecorded } from "../../../fixtures/sources/reading.ts";

describe("Zendesk", () => {
  it("a ticket is opened with its channel and type, when it was created", () => {
    expect(readRecorded("zendesk", "ticket-created").facts).toEqual([
      {
        ...{ id: "source:s:ticket:35436:opened", type: "ticket.opened", ticketId: "35436" },
        ...{ occurredAt: "2026-10-01T07:30:00.000Z", customerId: "8447388090501" },
        dimensions: { channel: "web", category: "QUESTION" },
      },
    ]);
  });

  it("an agent's public comment is a reply; a note, and what the customer writes, is none", () => {
    expect(readRecorded("zendesk", "comment-of-agent").facts).toMatchObject([{ type: "ticket.replied" }]);
    expect(readRecorded("zendesk", "comment-of-customer").facts).toEqual([]);
    expect(readRecorded("zendesk", "note-of-agent").facts).toEqual([]);
  });

  it.each([
    ["NEW", "OPEN", undefined],
    ["OPEN", "SOLVED", "ticket.resolved"],
    ["open", "solved", "ticket.resolved"],
    ["SOLVED", "CLOSED", undefined],
    ["PENDING", "CLOSED", "ticket.resolved"],
    ["SOLVED", "HOLD", "ticket.reopened"],
    ["SOLVED", "DELETED", undefined],
  ])("a status that changes from %s to %s is %s", (previous, current, type) => {
    const { facts } = readRecorded("zendesk", "solved", {}, (payload) => {
      Object.assign(objectAt(payload, "event"), { previous, current });
    });
    expect(facts.map((fact) => fact["type"])).toEqual(type === undefined ? [] : [type]);
  });

  it("a trigger's ratings are CSAT scores, of which a ticket's latest counts; an offered one is none", () => {
    expect(readRecorded("zendesk", "rating-changed").facts).toMatchObject([
      {
        survey: "csat",
        score: 1,
        comment: "It broke again",
        latest: "invitation",
        invitationId: "zendesk-35436",
      },
    ]);
    expect(readRecorded("zendesk", "rating-good", { good: 4 }).facts).toMatchObject([{ score: 4 }]);
    expect(readRecorded("zendesk", "rating-offered")).toMatchObject({ facts: [], problems: [] });
  });
});

describe("Intercom", () => {
  it("a conversation is a case, and admins take its steps", () => {
    const types = [
      "user-created",
      "admin-replied",
      "user-replied",
      "admin-closed",
      "admin-opened",
      "ping",
    ].map((name) => readRecorded("intercom", name).facts.map((fact) => fact["type"]));
    expect(types).toEqual([
      ...[["ticket.opened"], ["ticket.replied"], [], ["ticket.resolved"], ["ticket.reopened"], []],
    ]);
  });

  it.each([
    ["external_id", "17850"],
    ["id", "6329d"],
    ["email", "ada.moss@example.com"],
  ])("customers are named by %s", (customer, customerId) => {
    expect(readRecorded("intercom", "user-created", { customer }).facts).toMatchObject([{ customerId }]);
  });

  it("a rating and its remark are answers to one invitation, of which the latest counts", () => {
    const facts = ["rating-added", "rating-remarked"].flatMap((name) => readRecorded("intercom", name).facts);
    expect(facts).toMatchObject([
      { score: 4, invitationId: "intercom-1911", latest: "invitation" },
      { score: 5, invitationId: "intercom-1911", comment: "Quick and kind" },
    ]);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(2);
  });
});

describe("Chatwoot", () => {
  it("a conversation is a case, a person's message a reply, and only leaving `resolved` opens it again", () => {
    const names = ["conversation-created", "message-of-agent", "message-of-customer", "note-of-agent"];
    const more = ["message-of-bot", "resolved", "opened-again", "pending", "resolved-again", "csat-asked"];
    const types = [...names, ...more].map((name) =>
      readRecorded("chatwoot", name).facts.map((fact) => fact["type"]),
    );
    expect(types).toEqual([
      ...[["ticket.opened"], ["ticket.replied"], [], [], []],
      ...[["ticket.resolved"], ["ticket.reopened"], [], ["ticket.resolved"], []],
    ]);
  });

  it("the answer to the message that asks is a CSAT score, and what is said later the same answer", () => {
    const facts = ["csat-rated", "csat-said"].flatMap((name) => readRecorded("chatwoot", name).facts);
    expect(facts).toMatchObject([
      { survey: "csat", score: 3, invitationId: "chatwoot-505", ticketId: "77" },
      { survey: "csat", score: 3, invitationId: "chatwoot-505", comment: "It took a day" },
    ]);
  });

  it("a change that does not say when it was is kept as unmapped", () => {
    const payload = {
      event: "conversation_status_changed",
      id: 1,
      status: "resolved",
      created_at: 1_790_841_600,
    };
    expect(readPayload("chatwoot", payload)).toMatchObject({
      facts: [],
      problems: [expect.stringMatching(/when it was/)],
    });
  });
});
