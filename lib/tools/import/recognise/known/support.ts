import { type FileColumns, field, filled, type KnownExport } from "./known-export.ts";
import { ticketFacts } from "./tickets.ts";

/** Exports of help desks. */

const zendesk: KnownExport = {
  tool: "Zendesk",
  what: "tickets",
  columns: ["Id", "Requester", "Status", "Created at", "Solved at"],
  mapping: (file) => {
    const minutes = "First reply time in minutes";
    const facts = ticketFacts({
      id: "Id",
      about: {
        ...field("customerId", file.first("Requester email", "Requester id", "Requester")),
        ...file.dimensions({
          channel: "Via",
          category: "Ticket type",
          priority: "Priority",
          agent: "Assignee",
          group: "Group",
        }),
      },
      opened: "Created at",
      resolved: "Solved at",
      replied: file.has(minutes) ? { time: "{Created at}", plus: { minutes: `{${minutes}}` } } : undefined,
      repliedWhen: filled(minutes),
    });
    return { mapping: { times: { zone: "UTC" }, facts: [...facts, ...zendeskRatings(file)] } };
  },
};

function zendeskRatings(file: FileColumns): object[] {
  if (!file.has("Satisfaction Score")) return [];
  return [
    {
      to: "responses",
      when: {
        column: "Satisfaction Score",
        is: ["Good", "Bad", "good", "bad", "Good with comment", "Bad with comment"],
      },
      fields: {
        survey: "csat",
        id: "rating-{Id}",
        ticketId: "{Id}",
        occurredAt: { time: file.has("Updated at") ? "{Updated at}" : "{Solved at}" },
        ...field("customerId", file.first("Requester email", "Requester id", "Requester")),
        score: { score: "{Satisfaction Score}", scale: "1-5" },
      },
    },
  ];
}

const freshdesk: KnownExport = {
  tool: "Freshdesk",
  what: "tickets",
  columns: ["Ticket ID", "Status", "Created time", "Resolved time"],
  mapping: (file) => {
    const reply = "First response time (in hrs)";
    const customer = file.first("Contact ID", "Email", "Full name");
    const dimensions = file.dimensions({
      channel: "Source",
      category: "Type",
      priority: "Priority",
      agent: "Agent",
      group: "Group",
    });
    const facts = ticketFacts({
      id: "Ticket ID",
      about: { ...field("customerId", customer), ...dimensions },
      opened: "Created time",
      resolved: "Resolved time",
      replied: file.has(reply)
        ? { time: "{Created time}", plus: { seconds: { duration: `{${reply}}`, unit: "hours" } } }
        : undefined,
      repliedWhen: filled(reply),
    });
    const values = {
      "Extremely Happy": 7,
      "Very Happy": 6,
      Happy: 5,
      Neutral: 4,
      Unhappy: 3,
      "Very Unhappy": 2,
      "Extremely Unhappy": 1,
    };
    const rated = {
      to: "responses",
      when: { column: "Survey results", is: Object.keys(values) },
      fields: {
        survey: "csat",
        scale: "1-7",
        id: "rating-{Ticket ID}",
        ticketId: "{Ticket ID}",
        occurredAt: { time: file.has("Closed time") ? "{Closed time}" : "{Resolved time}" },
        ...field("customerId", customer),
        score: { map: "{Survey results}", values },
      },
    };
    return {
      mapping: { times: { zone: "UTC" }, facts: [...facts, ...(file.has("Survey results") ? [rated] : [])] },
    };
  },
};

const jiraReply = "Custom field ([CHART] Date of First Response)";

/** When a request was rated: its own column where it is filled, since requests are rated before they are resolved and after. */
function ratedAt(file: FileColumns): object {
  const rated = "Custom field (Satisfaction date)";
  const resolved = { time: "{Resolved}" };
  if (!file.has(rated)) return resolved;
  return { choose: [{ when: filled(rated), value: { time: `{${rated}}` } }], otherwise: resolved };
}

const jira: KnownExport = {
  tool: "Jira Service Management",
  what: "requests",
  columns: ["Issue key", "Issue Type", "Created", "Resolved"],
  mapping: (file) => {
    const facts = ticketFacts({
      id: "Issue key",
      about: {
        ...field("customerId", file.first("Reporter Id", "Reporter")),
        ...file.dimensions({
          category: "Issue Type",
          priority: "Priority",
          agent: "Assignee",
          project: "Project key",
        }),
      },
      opened: "Created",
      resolved: "Resolved",
      replied: file.has(jiraReply) ? { time: `{${jiraReply}}` } : undefined,
      repliedWhen: filled(jiraReply),
    });
    const rating = [
      ...["Satisfaction rating", "Custom field (Satisfaction rating)", "Custom field (Satisfaction)"],
      "Satisfaction",
    ].find((name) => file.has(name));
    const rated = {
      to: "responses",
      when: filled(rating ?? ""),
      fields: {
        survey: "csat",
        id: "rating-{Issue key}",
        ticketId: "{Issue key}",
        occurredAt: ratedAt(file),
        score: { score: `{${rating}}`, scale: "1-5" },
      },
    };
    return {
      mapping: { times: { zone: "UTC", order: "dmy" }, facts: [...facts, ...(rating ? [rated] : [])] },
    };
  },
};

export const supportExports = [zendesk, freshdesk, jira];
