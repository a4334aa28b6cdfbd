import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { deleteCustomer } from "../lib/api/routes/customers/erasure.ts";

/** `DELETE /v1/customers?customerId=…`: erases a person and keeps what was counted. */
export const handler = endpoint({ "DELETE /v1/customers": deleteCustomer });
