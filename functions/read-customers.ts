import { withCsv } from "../lib/http/csv.ts";
import { readCustomer } from "../lib/http/customers.ts";
import { endpoint } from "../lib/http/endpoint.ts";

/** `GET /v1/customers/{id}`: what is known of a customer. */
export const handler = endpoint({ "GET /v1/customers/{id}": withCsv(readCustomer) });
