import { field, type KnownExport } from "./known-export.ts";

/** Exports of app stores, and of what counts visits. */

const googlePlay: KnownExport = {
  tool: "Google Play",
  what: "reviews",
  columns: ["Package Name", "Review Submit Date and Time", "Star Rating", "Review Text", "Review Link"],
  mapping: (file) => ({
    mapping: {
      facts: [
        {
          to: "responses",
          onChange: "replace",
          fields: {
            survey: "csat",
            id: "{Review Link}",
            occurredAt: { time: "{Review Submit Date and Time}" },
            score: { score: "{Star Rating}", scale: "1-5" },
            comment: "{Review Text}",
            dimensions: {
              app: "{Package Name}",
              ...file.dimensions({ language: "Reviewer Language", version: "App Version Name" }).dimensions,
            },
          },
        },
      ],
    },
    reasons: ["a review that was edited replaces what it was"],
  }),
};

const appStore: KnownExport = {
  tool: "App Store",
  what: "reviews",
  columns: ["date", "title", "rating", "review"],
  mapping: (file) => ({
    mapping: {
      times: { zone: "UTC", at: "12:00" },
      facts: [
        {
          to: "responses",
          onChange: "replace",
          fields: {
            survey: "csat",
            ...field(
              "id",
              file.first("id", "reviewId") ??
                (file.has("userName") ? { hash: "{userName} {date}", prefix: "review-" } : undefined),
            ),
            occurredAt: { time: "{date}" },
            score: { score: "{rating}", scale: "1-5" },
            comment: "{review}",
            ...file.dimensions({ country: "country", version: "version" }),
          },
        },
      ],
    },
    reasons: ["a review that was edited replaces what it was"],
  }),
};

const appStoreConnect: KnownExport = {
  tool: "App Store",
  what: "reviews, as App Store Connect's API names them",
  columns: ["rating", "title", "body", "reviewerNickname", "createdDate", "territory"],
  mapping: (file) => ({
    mapping: {
      times: { zone: "UTC" },
      facts: [
        {
          to: "responses",
          onChange: "replace",
          fields: {
            survey: "csat",
            id: file.first("id") ?? {
              hash: "{reviewerNickname} {territory} {createdDate}",
              prefix: "review-",
            },
            occurredAt: { time: "{createdDate}" },
            score: { score: "{rating}", scale: "1-5" },
            comment: "{body}",
            ...file.dimensions({ country: "territory" }),
          },
        },
      ],
    },
    reasons: ["a review that was edited replaces what it was"],
  }),
};

const segment: KnownExport = {
  tool: "Segment",
  what: "orders that were tracked",
  columns: ["anonymous_id", "event", "order_id", "original_timestamp"],
  mapping: (file) => ({
    mapping: {
      times: { zone: "UTC" },
      facts: [
        {
          to: "events",
          when: { column: "event", is: ["order_completed", "Order Completed"] },
          fields: {
            type: "purchase.made",
            id: "{order_id}",
            orderId: "{order_id}",
            occurredAt: { time: file.first("timestamp", "original_timestamp") ?? "{original_timestamp}" },
            ...field("customerId", file.first("user_id")),
            money: {
              money: file.first("total", "revenue", "value") ?? "{revenue}",
              currency: file.first("currency") ?? "USD",
            },
            ...file.dimensions({ source: "context_campaign_source" }),
          },
        },
      ],
    },
    reasons: file.has("currency")
      ? []
      : ["the file names no currency: USD is assumed, change it in the mapping"],
  }),
};

const matomo: KnownExport = {
  tool: "Matomo",
  what: "visits by day",
  columns: ["date", "nb_visits", "bounce_count", "sum_visit_length", "nb_actions"],
  mapping: () => {
    const stayed = { difference: ["{nb_visits}", "{bounce_count}"] };
    const perVisit = (column: string) => ({ round: { quotient: [`{${column}}`, stayed] } });
    return {
      mapping: {
        times: { zone: "UTC", at: "12:00" },
        fields: { occurredAt: { time: "{date}" } },
        facts: [
          {
            name: "bounced",
            to: "events",
            when: { column: "bounce_count", above: 0 },
            fields: {
              type: "session.ended",
              id: "bounced-{date}",
              pages: 1,
              seconds: 0,
              count: { number: "{bounce_count}" },
            },
          },
          {
            name: "stayed",
            to: "events",
            when: { value: stayed, above: 0 },
            fields: {
              type: "session.ended",
              id: "stayed-{date}",
              pages: { round: { quotient: [{ difference: ["{nb_actions}", "{bounce_count}"] }, stayed] } },
              seconds: perVisit("sum_visit_length"),
              count: stayed,
            },
          },
        ],
      },
      reasons: [
        "visits of a day are two facts: those that bounced, and the others with their mean pages and seconds",
      ],
    };
  },
};

export const webExports = [googlePlay, appStore, appStoreConnect, segment, matomo];
