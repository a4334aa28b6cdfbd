import type { Node } from "constructs";
import { defaultWorkspace } from "../workspace/settings.ts";

/** What a deployment can choose, as context: in `cdk.json`, or on the command line as `-c name=value`. */
export interface Settings {
  /** The workspace that the customer-experience dashboard draws. Context `dashboardWorkspace`. */
  readonly dashboardWorkspace: string;
  /** The dimension by which the dashboard compares segments. Context `dashboardGroupBy`. */
  readonly dashboardGroupBy: string;
  /** A restored table to work on in place of the stack's own, which stays. Context `tableName`. */
  readonly tableName: string | undefined;
  /** Where alarms are sent, besides the topic. Context `alarmEmail`. */
  readonly alarmEmail: string | undefined;
  /** Requests a second that the API takes over a longer time. Context `throttleRate`. */
  readonly throttleRate: number;
  /** Requests that the API takes at once. Context `throttleBurst`. */
  readonly throttleBurst: number;
  /** Requests a second that one key may make. Context `keyRate`. */
  readonly keyRate: number;
}

/**
 * Reads the settings from the context.
 * @throws Error naming the setting that has a value it cannot have
 */
export function readSettings(node: Node): Settings {
  const text = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string") return value;
    throw new Error(`The context ${name} must be text`);
  };
  const count = (name: string, standard: number): number => {
    const value: unknown = node.tryGetContext(name) ?? standard;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number > 0) return number;
    throw new Error(`The context ${name} must be a whole number above 0`);
  };
  return {
    dashboardWorkspace: text("dashboardWorkspace") ?? defaultWorkspace,
    dashboardGroupBy: text("dashboardGroupBy") ?? "channel",
    tableName: text("tableName"),
    alarmEmail: text("alarmEmail"),
    throttleRate: count("throttleRate", 1000),
    throttleBurst: count("throttleBurst", 2000),
    keyRate: count("keyRate", 500),
  };
}
