import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readArchive } from "../lib/api/routes/archive/handler.ts";
import { readCohorts } from "../lib/api/routes/cohorts/handler.ts";
import { readCustomer } from "../lib/api/routes/customers/handler.ts";
import { readCustomerCounts, readCustomers } from "../lib/api/routes/customers/list.ts";
import { readRfm } from "../lib/api/routes/rfm/handler.ts";
import { readSurvival } from "../lib/api/routes/survival/handler.ts";

/** `GET /v1/customers`, its counts, cohorts, survival and RFM: what is known of a customer, lists of them, who joined when, for how long they stay, and who is worth attention. `GET /v1/archive`: how far the archive has come that these need. */
export const handler = endpoint({
  "GET /v1/customers": withCsv((request) =>
    "customerId" in request.query ? readCustomer(request) : readCustomers(request),
  ),
  "GET /v1/customers/counts": withCsv(readCustomerCounts),
  "GET /v1/cohorts": withCsv(readCohorts),
  "GET /v1/survival": withCsv(readSurvival),
  "GET /v1/rfm": withCsv(readRfm),
  "GET /v1/archive": readArchive,
});
