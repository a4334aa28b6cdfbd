import { deleteCustomer } from "../lib/http/customer-erasure.ts";
import { endpoint } from "../lib/http/endpoint.ts";

/** `DELETE /v1/customers/{id}`: erases a person and keeps what was counted. */
export const handler = endpoint({ "DELETE /v1/customers/{id}": deleteCustomer });
