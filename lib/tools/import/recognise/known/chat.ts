import { field, filled, type KnownExport } from "./known-export.ts";
import { ticketFacts } from "./tickets.ts";

/** Exports of tools in which customers chat. */

const intercom: KnownExport = {
  tool: "Intercom",
  what: "conversations",
  columns: ["Conversation ID"],
  mapping: (file) => {
    const opened = ["Conversation started at (UTC)", "Conversation started at", "Created at"].find((name) =>
      file.has(name),
    );
    const resolved = [
      "Conversation last closed at (UTC)",
      "Last closed at (UTC)",
      "Last closed at",
      "Closed at",
    ].find((name) => file.has(name));
    const reply = [
      "Conversation first replied at (UTC)",
      "First teammate reply at (UTC)",
      "First reply at",
    ].find((name) => file.has(name));
    const rating = ["Conversation rating", "CX rating", "Rating"].find((name) => file.has(name));
    const customer = file.first("User ID", "User email", "Contact email");
    const about = {
      ...field("customerId", customer),
      ...file.dimensions({ channel: "Channel", agent: "Teammate assigned", group: "Team assigned" }),
    };
    const timed = opened ?? "Conversation started at";
    const facts = ticketFacts({
      id: "Conversation ID",
      ...{ about, opened: timed, resolved: resolved ?? timed },
      replied: reply === undefined ? undefined : { time: `{${reply}}` },
      repliedWhen: reply === undefined ? undefined : filled(reply),
    });
    const rated = {
      to: "responses",
      when: filled(rating ?? ""),
      fields: {
        survey: "csat",
        id: "rating-{Conversation ID}",
        ticketId: "{Conversation ID}",
        occurredAt: { time: `{${resolved ?? timed}}` },
        ...field("customerId", customer),
        score: { score: `{${rating}}`, scale: "1-5" },
        ...field("comment", file.first("Conversation rating remark", "Rating remark")),
      },
    };
    return { mapping: { times: { zone: "UTC" }, facts: [...facts, ...(rating ? [rated] : [])] } };
  },
};

const chatwoot: KnownExport = {
  tool: "Chatwoot",
  what: "answers about satisfaction",
  columns: ["Agent Name", "Rating", "Feedback Comment", "Contact Email Address", "Recorded date"],
  mapping: (file) => ({
    mapping: {
      csv: { endAt: "Reporting period" },
      times: { zone: "UTC" },
      facts: [
        {
          to: "responses",
          when: filled("Rating"),
          fields: {
            survey: "csat",
            ...field("id", file.first("Link to the conversation")),
            occurredAt: { time: "{Recorded date}" },
            customerId: {
              choose: [{ when: filled("Contact Email Address"), value: "{Contact Email Address}" }],
            },
            score: { score: "{Rating}", scale: "1-5" },
            comment: "{Feedback Comment}",
            dimensions: { agent: "{Agent Name}" },
          },
        },
      ],
    },
    reasons: ["the last line of the report says its period: it ends the rows"],
  }),
};

export const chatExports = [chatwoot, intercom];
