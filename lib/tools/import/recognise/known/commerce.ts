import { field, filled, type KnownExport } from "./known-export.ts";

/** Exports of shops and of what takes their money. */

const stripe: KnownExport = {
  tool: "Stripe",
  what: "payments",
  columns: ["id", "Amount", "Currency", "Status"],
  mapping: (file) => {
    const created = file.first("Created date (UTC)", "Created (UTC)", "Created") ?? "{Created}";
    const isMinor = isInMinorUnits(file.cells("Amount"));
    const minor = isMinor ? { minor: true } : {};
    const purchase = {
      to: "events",
      when: {
        column: "Status",
        is: ["Paid", "paid", "succeeded", "Succeeded", "Refunded", "refunded", "Partially refunded"],
      },
      fields: {
        type: "purchase.made",
        id: "{id}",
        orderId: "{id}",
        occurredAt: { time: created },
        ...field("customerId", file.first("Customer ID", "Customer Email")),
        money: { money: "{Amount}", currency: "{Currency}", ...minor },
      },
    };
    const refund = {
      to: "events",
      when: { column: "Amount Refunded", above: 0 },
      fields: {
        type: "purchase.refunded",
        id: "refund-{id}",
        orderId: "{id}",
        occurredAt: { time: file.first("Refunded date (UTC)") ?? created },
        ...field("customerId", file.first("Customer ID", "Customer Email")),
        money: { money: "{Amount Refunded}", currency: "{Currency}", ...minor },
      },
    };
    return {
      mapping: {
        times: { zone: "UTC" },
        facts: [purchase, ...(file.has("Amount Refunded") ? [refund] : [])],
      },
      reasons: [
        isMinor
          ? "no amount has decimals: they are taken for minor units (cents)"
          : "amounts have decimals: they are in major units",
      ],
    };
  },
};

const stripeInvoices: KnownExport = {
  tool: "Stripe",
  what: "invoices",
  columns: ["id", "Amount Paid", "Currency"],
  mapping: (file) => {
    const isMinor = isInMinorUnits(file.cells("Amount Paid"));
    const fact = {
      to: "events",
      when: { column: "Amount Paid", above: 0 },
      fields: {
        type: "purchase.made",
        id: "{id}",
        orderId: "{id}",
        occurredAt: { time: file.first("Paid At (UTC)", "Date (UTC)", "Created (UTC)") ?? "{Created (UTC)}" },
        ...field("customerId", file.first("Customer ID", "Customer", "Customer Email")),
        money: { money: "{Amount Paid}", currency: "{Currency}", ...(isMinor ? { minor: true } : {}) },
      },
    };
    return {
      mapping: { times: { zone: "UTC" }, facts: [fact] },
      reasons: [
        isMinor
          ? "no amount has decimals: they are taken for minor units (cents)"
          : "amounts have decimals: they are in major units",
      ],
    };
  },
};

function isInMinorUnits(amounts: readonly string[]): boolean {
  return amounts.length > 0 && amounts.every((amount) => /^-?\d+$/.test(amount));
}

const shopify: KnownExport = {
  tool: "Shopify",
  what: "orders, with a row for each line",
  columns: ["Name", "Email", "Currency", "Total", "Created at", "Lineitem quantity"],
  mapping: (file) => {
    const about = {
      orderId: "{Name}",
      ...field("customerId", file.first("Email")),
      ...file.dimensions({ channel: "Source", country: "Shipping Country" }),
    };
    const purchase = {
      to: "events",
      when: { column: "Total", above: 0 },
      fields: {
        type: "purchase.made",
        id: "{Name}",
        occurredAt: { time: "{Created at}" },
        money: { money: "{Total}", currency: "{Currency}" },
        ...about,
      },
    };
    const refund = {
      to: "events",
      when: { column: "Refunded Amount", above: 0 },
      fields: {
        type: "purchase.refunded",
        id: "refund-{Name}",
        occurredAt: file.has("Cancelled at")
          ? {
              choose: [{ when: filled("Cancelled at"), value: { time: "{Cancelled at}" } }],
              otherwise: { time: "{Created at}" },
            }
          : { time: "{Created at}" },
        money: { money: "{Refunded Amount}", currency: "{Currency}" },
        ...about,
      },
    };
    const skip = file.has("Financial Status")
      ? [{ when: { column: "Financial Status", is: ["voided", "expired"] }, reason: "not paid" }]
      : [];
    return {
      mapping: {
        times: { zone: "UTC" },
        group: { by: "Name" },
        ...(skip.length > 0 ? { skip } : {}),
        facts: [purchase, ...(file.has("Refunded Amount") ? [refund] : [])],
      },
      reasons: file.has("Refunded Amount")
        ? [
            "the export does not say when money was given back: the day of the cancellation, else that of the order, is taken",
          ]
        : [],
    };
  },
};

const paidStatuses = [
  "completed",
  "processing",
  "Completed",
  "Processing",
  "wc-completed",
  "wc-processing",
  "refunded",
  "Refunded",
];

const wooOrders: KnownExport = {
  tool: "WooCommerce",
  what: "orders",
  columns: ["Order ID", "Order Date", "Order Status", "Order Total"],
  mapping: (file) => ({
    mapping: {
      times: { zone: "UTC", at: "12:00" },
      group: { by: "Order ID", scattered: true },
      facts: [
        {
          to: "events",
          when: [
            { column: "Order Status", is: paidStatuses },
            { column: "Order Total", above: 0 },
          ],
          fields: {
            type: "purchase.made",
            id: "order-{Order ID}",
            orderId: "{Order ID}",
            occurredAt: { time: "{Order Date}" },
            ...field(
              "customerId",
              file.first("Customer User Email", "Email (Billing)", "Billing Email", "Customer Email"),
            ),
            money: { money: "{Order Total}", currency: file.first("Order Currency", "Currency") ?? "USD" },
            ...file.dimensions({ country: "Country Code (Billing)", payment: "Payment Method Title" }),
          },
        },
      ],
    },
    reasons:
      file.has("Order Currency") || file.has("Currency")
        ? []
        : ["the file names no currency: USD is assumed, change it in the mapping"],
  }),
};

const wooPlugin: KnownExport = {
  tool: "WooCommerce",
  what: "orders, from an export plugin",
  columns: ["Order Number", "Order Status", "Order Date", "Order Total Amount"],
  mapping: (file) => {
    const currency = file.first("Order Currency", "Currency");
    const about = {
      orderId: "{Order Number}",
      occurredAt: { time: "{Order Date}" },
      ...field("customerId", file.first("Customer User Email", "Email (Billing)", "Customer Username")),
      ...file.dimensions({ country: "Country Code (Billing)", payment: "Payment Method Title" }),
    };
    const made = {
      to: "events",
      when: [
        { column: "Order Status", is: paidStatuses },
        { column: "Order Total Amount", above: 0 },
      ],
      fields: {
        type: "purchase.made",
        id: "order-{Order Number}",
        ...about,
        money: { money: "{Order Total Amount}", currency: currency ?? "USD" },
      },
    };
    const refunded = {
      to: "events",
      when: { column: "Order Refund Amount", above: 0 },
      fields: {
        type: "purchase.refunded",
        id: "refund-{Order Number}",
        ...about,
        money: { money: "{Order Refund Amount}", currency: currency ?? "USD" },
      },
    };
    return {
      mapping: {
        times: { zone: "UTC", at: "12:00" },
        group: { by: "Order Number", scattered: true },
        facts: [made, ...(file.has("Order Refund Amount") ? [refunded] : [])],
      },
      reasons: [
        ...(currency ? [] : ["the file names no currency: USD is assumed, change it in the mapping"]),
        ...(file.has("Order Refund Amount")
          ? ["a refund counts on the day of its order: no column says another"]
          : []),
      ],
    };
  },
};

const wooAnalytics: KnownExport = {
  tool: "WooCommerce",
  what: "orders, from its analytics",
  columns: ["Date", "Order #", "Status", "Items sold", "N. Revenue"],
  mapping: () => ({
    mapping: {
      times: { zone: "UTC", at: "12:00" },
      facts: [
        {
          to: "events",
          when: [
            { column: "Status", is: paidStatuses },
            { column: "N. Revenue", above: 0 },
          ],
          fields: {
            type: "purchase.made",
            id: "order-{Order #}",
            orderId: "{Order #}",
            occurredAt: { time: "{Date}" },
            money: { money: "{N. Revenue}", currency: "USD" },
          },
        },
      ],
    },
    reasons: ["the file names no currency: USD is assumed, change it in the mapping"],
  }),
};

export const commerceExports = [stripe, stripeInvoices, shopify, wooOrders, wooPlugin, wooAnalytics];
