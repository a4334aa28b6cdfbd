import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readArchive } from "../lib/api/routes/archive/handler.ts";
import { readCustomer } from "../lib/api/routes/customers/handler.ts";
import { readCustomerCounts, readCustomers } from "../lib/api/routes/customers/list.ts";

/** `GET /v1/customers` and its counts: what is known of a customer, and lists of them. `GET /v1/archive`: how far the archive has come that lists need. */
export const handler = endpoint({
  "GET /v1/customers": withCsv((request) =>
    "customerId" in request.query ? readCustomer(request) : readCustomers(request),
  ),
  "GET /v1/customers/counts": withCsv(readCustomerCounts),
  "GET /v1/archive": readArchive,
});
