import * as z from "zod";
import { granularities } from "../../domain/calendar/intervals.ts";
import { dimensionNameSchema } from "../../domain/facts/base.ts";
import { findMetric } from "../../domain/metrics/registry.ts";
import { defaultWorkspace, workspaceIdSchema } from "../../domain/workspace/settings.ts";

/** The parameters of the widget. */

const instants = z.object({ start: z.number(), end: z.number() });

/** CloudWatch's context of the dashboard: fields that are not used are not checked. */
const contextSchema = z.looseObject({
  theme: z.enum(["light", "dark"]).catch("light"),
  timeRange: z
    .looseObject({ ...instants.shape, zoom: instants.nullish().catch(null) })
    .optional()
    .catch(undefined),
});

/** The event that CloudWatch sends: the widget's parameters, with what it says of the dashboard. */
export const widgetEventSchema = z.strictObject({
  workspace: workspaceIdSchema.default(defaultWorkspace),
  metrics: z
    .array(z.string().refine((id) => findMetric(id) !== undefined, "is not the id of a metric"))
    .min(1, "must name a metric")
    .max(100, "must name at most 100 metrics"),
  groupBy: dimensionNameSchema.optional(),
  interval: z
    .enum([...granularities, "total"], { error: `must be one of ${granularities.join(", ")}, total` })
    .optional(),
  widgetContext: contextSchema.optional(),
});

/** A parsed event. */
export type WidgetEvent = z.output<typeof widgetEventSchema>;

/** The widget's documentation in the dashboard's editor: Markdown. */
export const widgetDocumentation = `## Metrics by segment

Draws metrics from the table, with their 95 % intervals and sample sizes, over the dashboard's time range.

| parameter | |
|---|---|
| \`metrics\` | ids of metrics, for example \`[nps, csat]\` |
| \`groupBy\` | a dimension that the workspace tracks: a line for each of its largest values. Without it one line for all |
| \`workspace\` | \`${defaultWorkspace}\` when absent |
| \`interval\` | ${granularities.join(", ")} or total; chosen by the time range when absent |

\`\`\`yaml
metrics: [nps]
groupBy: channel
\`\`\`
`;
