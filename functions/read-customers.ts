import { withCsv } from "../lib/api/pipeline/csv.ts";
import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readCustomer } from "../lib/api/routes/customers/handler.ts";

/** `GET /v1/customers?customerId=…`: what is known of a customer. */
export const handler = endpoint({ "GET /v1/customers": withCsv(readCustomer) });
