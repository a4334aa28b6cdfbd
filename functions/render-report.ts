import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { readReport } from "../lib/api/routes/report/handler.ts";
import { reportPolicy } from "../lib/report/style.ts";

/** `GET /v1/report`: the report as one page. */
export const handler = endpoint({ "GET /v1/report": readReport }, {}, reportPolicy);
