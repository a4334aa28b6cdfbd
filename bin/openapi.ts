#!/usr/bin/env node
import { openApiDocument } from "../lib/api/openapi/document.ts";

/** Prints the OpenAPI document, for linters and generators. The address of a deployed API may be given. */
const [serverUrl = "https://api.cx-metrics.invalid"] = process.argv.slice(2);
if (!/^https?:$/.test(URL.parse(serverUrl)?.protocol ?? "")) {
  process.stderr.write(
    `openapi: takes the address of an API, such as https://api.example.com, not ${serverUrl}\n`,
  );
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(openApiDocument(serverUrl), null, 2)}\n`);
