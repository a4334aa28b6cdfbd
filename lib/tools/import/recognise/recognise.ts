import { compileMapping } from "../compile.ts";
import { parseMapping } from "../mapping.ts";
import { UsageError } from "../problems.ts";
import { sampledColumns } from "./column-kinds.ts";
import { chatExports } from "./known/chat.ts";
import { commerceExports } from "./known/commerce.ts";
import { FileColumns, type KnownExport } from "./known/known-export.ts";
import { supportExports } from "./known/support.ts";
import { surveyExports } from "./known/surveys.ts";
import { webExports } from "./known/web.ts";
import type { Proposal } from "./proposal.ts";
import { propose } from "./propose.ts";
import type { FileSample } from "./sample.ts";

/** All exports that are recognised. */
export const knownExports: readonly KnownExport[] = [
  ...surveyExports,
  ...supportExports,
  ...chatExports,
  ...commerceExports,
  ...webExports,
];

/**
 * Finds a mapping for a file: that of the tool that wrote it, else one made of what its columns look like.
 * @returns `undefined` where nothing can be told from it
 */
export function recognise(sample: FileSample): Proposal | undefined {
  const columns = sampledColumns(sample);
  const file = new FileColumns(columns, sample.rows);
  const matching = knownExports.filter((known) => known.columns.every((name) => file.has(name)));
  // The more columns a tool is known by, the surer.
  const ranked = matching.toSorted((a, b) => b.columns.length - a.columns.length);
  for (const known of ranked) {
    const { mapping, reasons = [] } = known.mapping(file);
    if (mapping.facts.length === 0 || !fits(mapping, sample)) continue;
    const csv = { ...sample.csv, ...mapping.csv };
    const description = `${known.tool}: ${known.what}`;
    return {
      tool: known.tool,
      mapping: { description, ...mapping, ...(Object.keys(csv).length > 0 ? { csv } : {}) },
      reasons: [
        `the columns ${known.columns.map((name) => `"${name}"`).join(", ")} are those of ${known.tool} (${known.what})`,
        ...reasons,
      ],
    };
  }
  return propose(sample);
}

/** Whether a file has every column that a mapping reads: other tools have some columns of the same names. */
function fits(mapping: Proposal["mapping"], { header, subheaders, form }: FileSample): boolean {
  try {
    compileMapping(parseMapping(JSON.stringify(mapping), "proposal"), header, subheaders, form.delimiter);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return false;
  }
}
