import { type FileColumns, field, filled, type KnownExport } from "./known-export.ts";
import { ticketFacts } from "./tickets.ts";

/** Exports of tools in which customers chat. */

const intercom: KnownExport = {
  tool: "Intercom",
  what: "conversations, or ratings of them",
  columns: ["Conversation ID"],
  mapping: (file) => {
    const opened = file.zoned("Conversation started at", "Conversation created at", "Created at");
    const resolved = file.zoned("Conversation last closed at", "Last closed at", "Closed at");
    const zone = (opened ?? file.zoned("Updated at", "Conversation rated at"))?.zone;
    const customer = file.first("User ID", "User email", "Contact email");
    const tickets = opened ? intercomTickets(file, opened.name, resolved?.name, customer) : [];
    return {
      mapping: {
        times: { zone: zone ?? "UTC" },
        facts: [...tickets, ...intercomRatings(file, (resolved ?? opened)?.name, customer)],
      },
      reasons: zone === undefined ? [] : [`times are in ${zone}, as their columns say`],
    };
  },
};

function intercomTickets(
  file: FileColumns,
  opened: string,
  resolved: string | undefined,
  customer: string | undefined,
): object[] {
  const replied = file.zoned(
    "Conversation first replied at",
    "First teammate reply at",
    "First reply at",
  )?.name;
  const seconds = "First response time (seconds)";
  const reply = replied === undefined ? seconds : replied;
  const hasReply = replied !== undefined || file.has(seconds);
  const facts = ticketFacts({
    id: "Conversation ID",
    about: {
      ...field("customerId", customer),
      ...file.dimensions({
        channel: "Channel",
        agent: agentColumn(file),
        group: file.has("Team currently assigned") ? "Team currently assigned" : "Team assigned",
      }),
    },
    opened,
    resolved: resolved ?? opened,
    replied: !hasReply
      ? undefined
      : replied === undefined
        ? { time: `{${opened}}`, plus: { seconds: `{${seconds}}` } }
        : { time: `{${replied}}` },
    repliedWhen: hasReply ? filled(reply) : undefined,
  });
  // Without the time of closing nothing says that a conversation is over.
  return resolved === undefined ? facts.slice(0, -1) : facts;
}

function agentColumn(file: FileColumns): string {
  return file.has("Teammate currently assigned") ? "Teammate currently assigned" : "Teammate assigned";
}

function intercomRatings(
  file: FileColumns,
  time: string | undefined,
  customer: string | undefined,
): object[] {
  const rating = ["Conversation rating", "Last teammate rating", "Rating"].find((name) => file.has(name));
  const at = file.zoned("Updated at", "Conversation rated at")?.name ?? time;
  if (rating === undefined || at === undefined) return [];
  const remark = file.first(
    ...["Conversation rating remark", "Last teammate rating remark", "Rating remark"],
  );
  return [
    {
      to: "responses",
      when: filled(rating),
      fields: {
        survey: "csat",
        id: "rating-{Conversation ID}",
        ticketId: "{Conversation ID}",
        occurredAt: { time: `{${at}}` },
        ...field("customerId", customer),
        score: { score: `{${rating}}`, scale: "1-5" },
        ...field("comment", remark),
      },
    },
  ];
}

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
