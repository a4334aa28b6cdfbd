#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { renderCataloguePage } from "../lib/domain/metrics/catalogue-page.ts";
import { metrics } from "../lib/domain/metrics/registry.ts";

/** Writes docs/metrics.md from the registry. */
writeFileSync(new URL("../docs/metrics.md", import.meta.url), renderCataloguePage(metrics));
