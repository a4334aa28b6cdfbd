/** The mappings that a user would write for the files of `../shared/cases/import`. */

const answer = {
  to: "responses",
  fields: {
    survey: "nps",
    occurredAt: { time: "{when}" },
    customerId: "{who}",
    score: { number: "{score}" },
  },
};
const utc = { zone: "UTC" };
const noon = { zone: "UTC", at: "12:00" };

export const mappings = {
  grown: { times: utc, facts: [answer] },
  answers: { facts: [answer] },
  commented: { facts: [{ ...answer, fields: { ...answer.fields, comment: "{comment}" } }] },
  rejects: {
    times: utc,
    fields: { occurredAt: { time: "{when}" } },
    facts: [
      { to: "responses", fields: { survey: "csat", score: { number: "{csat}" } } },
      { to: "responses", fields: { survey: "ces", score: { number: "{ces}" } } },
    ],
  },
  semicolon: {
    csv: { delimiter: ";", encoding: "latin1" },
    times: { zone: "Europe/Berlin" },
    facts: [
      {
        to: "responses",
        fields: {
          survey: "nps",
          occurredAt: { time: "{Datum}" },
          customerId: "{Kunde}",
          score: { number: "{Wert}" },
          comment: "{Kommentar}",
        },
      },
    ],
  },
  invoices: {
    times: utc,
    facts: [
      {
        to: "events",
        fields: {
          type: "purchase.made",
          id: "{id}",
          occurredAt: { time: "{Created (UTC)}" },
          customerId: "{Customer ID}",
          orderId: "{id}",
          money: { money: "{Amount Paid}", currency: "{Currency}", minor: true },
        },
      },
    ],
  },
  orders: {
    group: { by: "Name" },
    facts: [
      {
        to: "events",
        fields: {
          type: "purchase.made",
          id: "{Name}",
          orderId: "{Name}",
          occurredAt: { time: "{Created at}" },
          customerId: "{Email}",
          money: {
            money: { total: { product: ["{Lineitem quantity}", "{Lineitem price}"] } },
            currency: "{Currency}",
          },
        },
      },
    ],
  },
  calls: {
    times: utc,
    facts: [
      {
        to: "events",
        fields: {
          type: "call.queued",
          id: "queued-{Call Id}",
          callId: "{Call Id}",
          occurredAt: { time: "{Date} {Time}" },
        },
      },
      {
        to: "events",
        when: { column: "Answered (Y/N)", is: "Y" },
        fields: {
          type: "call.answered",
          id: "answered-{Call Id}",
          callId: "{Call Id}",
          occurredAt: {
            time: "{Date} {Time}",
            plus: { seconds: "{Speed of answer in seconds}" },
          },
        },
      },
      {
        to: "events",
        when: { column: "Answered (Y/N)", is: "N" },
        fields: {
          type: "call.abandoned",
          id: "abandoned-{Call Id}",
          callId: "{Call Id}",
          occurredAt: { time: "{Date} {Time}" },
        },
      },
    ],
  },
  form: {
    facts: [
      {
        to: "responses",
        fields: {
          survey: "nps",
          occurredAt: { time: "{Timestamp}" },
          score: { number: "{How likely are you to recommend us?}" },
          comment: "{Comment#2}",
          dimensions: { checked: "{#3}" },
        },
      },
    ],
  },
  report: {
    csv: { comment: "#", headerRows: 2, endAt: "Total" },
    times: noon,
    fields: { occurredAt: { time: "{Day}" } },
    facts: [
      {
        name: "bounced",
        to: "events",
        when: { column: "Bounced", above: 0 },
        fields: {
          type: "session.ended",
          id: "bounced-{Day}",
          pages: 1,
          seconds: 0,
          count: { number: "{Bounced}" },
        },
      },
      {
        name: "stayed",
        to: "events",
        when: { value: { difference: ["{Sessions}", "{Bounced}"] }, above: 0 },
        fields: {
          type: "session.ended",
          id: "stayed-{Day}",
          pages: 2,
          seconds: { duration: "{Avg. session duration}" },
          count: { difference: ["{Sessions}", "{Bounced}"] },
        },
      },
    ],
  },
  employees: {
    times: noon,
    facts: [
      {
        to: "responses",
        fields: {
          survey: "esat",
          scale: "1-5",
          occurredAt: { time: "{date}" },
          score: { score: "{answer}", scale: "1-5" },
        },
      },
    ],
  },
  numbers: {
    times: noon,
    fields: { occurredAt: { time: "{date}" }, orderId: "{order}" },
    facts: [
      {
        to: "events",
        when: { value: { sum: ["{amount}"] }, above: 0 },
        fields: {
          type: "purchase.made",
          id: "{order}",
          money: { money: "{amount}", currency: "{currency}" },
        },
      },
      {
        to: "events",
        when: { column: "amount", below: 0 },
        fields: {
          type: "purchase.refunded",
          id: "refund-{order}",
          money: { money: "{amount}", currency: "{currency}", absolute: true },
        },
      },
    ],
  },
  reviews: {
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
        },
      },
    ],
  },
};
