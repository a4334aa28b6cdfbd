#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { openApiDocument } from "../lib/api/openapi/document.ts";
import { clientTypes, type Schema } from "../lib/tools/client/types.ts";

/** Writes the types of facts that the client package has, from the OpenAPI document. A test holds them current. */

const { components } = openApiDocument("https://api.cx-metrics.invalid");
const text = clientTypes((components?.schemas ?? {}) as Readonly<Record<string, Schema>>);
writeFileSync(new URL("../packages/client/src/facts.ts", import.meta.url), text);
