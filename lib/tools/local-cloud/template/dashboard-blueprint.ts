import * as z from "zod";
import { LocalCloudError, messageOf } from "../errors.ts";
import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";

/** A widget of a CloudWatch dashboard, on a grid of 24 columns. */
const widgetSchema = z.looseObject({
  type: z.string(),
  x: z.number().default(0),
  y: z.number().default(0),
  width: z.number().default(24),
  height: z.number().default(6),
  properties: z.looseObject({
    title: z.string().optional(),
    markdown: z.string().optional(),
    endpoint: z.string().optional(),
    params: z.record(z.string(), z.unknown()).optional(),
    alarms: z.array(z.string()).optional(),
    query: z.string().optional(),
    /** Namespace, name, pairs of dimensions, and the options at the end. */
    metrics: z.array(z.array(z.unknown())).optional(),
    annotations: z
      .looseObject({
        horizontal: z.array(z.looseObject({ value: z.number(), label: z.string().default("") })).default([]),
      })
      .optional(),
    yAxis: z
      .looseObject({
        left: z.looseObject({ label: z.string().optional(), min: z.number().optional() }).optional(),
      })
      .optional(),
  }),
});

/** CloudWatch's form of a dashboard. */
const bodySchema = z.looseObject({
  /** A duration before now, for example `-P90D`. */
  start: z.string().optional(),
  widgets: z.array(widgetSchema),
});

const schema = z.looseObject({ DashboardName: z.string(), DashboardBody: z.string() });

export type WidgetBlueprint = z.output<typeof widgetSchema>;

/** A dashboard of the template, its references resolved. */
export interface DashboardBlueprint extends z.output<typeof bodySchema> {
  readonly name: string;
}

/** An alarm, as far as somebody reads of it. */
export interface AlarmBlueprint {
  readonly name: string;
  readonly description: string;
}

/** Reads an `AWS::CloudWatch::Dashboard`. @throws LocalCloudError where its body is none */
export function readDashboard(resource: TemplateResource, context: ReadingContext): DashboardBlueprint {
  const { DashboardName: name, DashboardBody: text } = context.properties(resource, schema);
  try {
    return { name, ...bodySchema.parse(JSON.parse(text)) };
  } catch (error) {
    throw new LocalCloudError(`The dashboard ${name} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

const alarmSchema = z.looseObject({ AlarmName: z.string(), AlarmDescription: z.string().default("") });

/** Reads an `AWS::CloudWatch::Alarm`. */
export function readAlarm({ properties, logicalId }: TemplateResource): AlarmBlueprint {
  const known = alarmSchema.safeParse(properties);
  if (!known.success) return { name: logicalId, description: "" };
  return { name: known.data.AlarmName, description: known.data.AlarmDescription };
}
