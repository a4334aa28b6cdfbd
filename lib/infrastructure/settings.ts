import { fileURLToPath } from "node:url";
import type { Node } from "constructs";
import { defaultWorkspace } from "../domain/workspace/settings.ts";
import { ownRunbookAddress } from "./runbook.ts";

/** The dashboards that a deployment can have. */
export const dashboardNames = ["operations", "experience"] as const;

export type DashboardName = (typeof dashboardNames)[number];

/** How a new version takes over, in the words of the setting `rollout`. */
export const rollouts = ["all-at-once", "canary", "linear"] as const;

/** How a new version takes over. */
export type Rollout = (typeof rollouts)[number];

/** A name of one's own for the API. */
export interface Domain {
  readonly name: string;
  /** The certificate for it, in ACM, in the stack's region. */
  readonly certificateArn: string;
}

/** The choices of a deployment, as context: in `cdk.json`, or on the command line as `-c name=value`. */
export interface Settings {
  /** The dashboards to deploy. Context `dashboards`: `none`, `operations`, `experience` or `both`. */
  readonly dashboards: ReadonlySet<DashboardName>;
  /** The workspace that the customer-experience dashboard draws. Context `dashboardWorkspace`. */
  readonly dashboardWorkspace: string;
  /** The dimension by which the dashboard compares segments. Context `dashboardGroupBy`. */
  readonly dashboardGroupBy: string;
  /** The ids of the metrics whose goals the dashboard draws. Context `dashboardGoals`, separated by commas. */
  readonly dashboardGoals: readonly string[];
  /** A restored table to work on in place of the stack's own, which stays. Context `tableName`. */
  readonly tableName: string | undefined;
  /** Where alarms are sent, besides the topic. Context `alarmEmail`. */
  readonly alarmEmail: string | undefined;
  /**
   * Where the runbook can be read, without a section: alarms name their section there. Context `runbookUrl`; when absent the page of
   * docs/operations.md at the host that Git names as the project's origin.
   */
  readonly runbookUrl: string;
  /** Requests a second that the API takes over a longer time. Context `throttleRate`. */
  readonly throttleRate: number;
  /** Requests that the API takes at once. Context `throttleBurst`. */
  readonly throttleBurst: number;
  /** Requests a second that one key may make. Context `keyRate`. */
  readonly keyRate: number;
  /** The API's own name, in place of the one that AWS gives it. Context `domainName` and `certificateArn`. */
  readonly domain: Domain | undefined;
  /** How a new version takes over the requests. Context `rollout`. */
  readonly rollout: Rollout;
  /** Whether AWS refuses to delete the stack. Context `terminationProtection`. */
  readonly terminationProtection: boolean;
  /** Tags of the stack, which AWS hands on to its resources. Context `tags`, `name=value` separated by commas. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * API Gateway takes no greater burst in the 13 regions where an account may make 2,500 requests a second: their
 * account limit is 1,250.
 */
const defaultThrottleBurst = 1000;

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Their goals fit on the dashboard besides the metrics, within the 50 of a free one. */
const defaultGoals = "nps,csat,churn-rate";

/**
 * Reads the settings from the context.
 * @throws Error naming the setting that has a value it cannot have
 */
export function readSettings(node: Node): Settings {
  const { text, address, count, choice, list, flag, pairs } = contextReader(node);
  const dashboards = choice("dashboards", ["none", ...dashboardNames, "both"], "none");
  return {
    dashboards: new Set(dashboardNames.filter((name) => dashboards === name || dashboards === "both")),
    dashboardWorkspace: text("dashboardWorkspace") ?? defaultWorkspace,
    dashboardGroupBy: text("dashboardGroupBy") ?? "channel",
    dashboardGoals: list("dashboardGoals", defaultGoals),
    tableName: text("tableName"),
    alarmEmail: text("alarmEmail"),
    runbookUrl: address("runbookUrl") ?? ownRunbookAddress(project),
    throttleRate: count("throttleRate", 1000),
    throttleBurst: count("throttleBurst", defaultThrottleBurst),
    keyRate: count("keyRate", 500),
    domain: domainOf(text("domainName"), text("certificateArn")),
    rollout: choice("rollout", rollouts, "all-at-once"),
    terminationProtection: flag("terminationProtection", true),
    tags: { application: "cx-metrics", ...pairs("tags") },
  };
}

function domainOf(name: string | undefined, certificateArn: string | undefined): Domain | undefined {
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name !== undefined && certificateArn !== undefined) return { name, certificateArn };
  throw new Error("The context domainName needs certificateArn, and certificateArn needs domainName");
}

/** Readers of single values of the context. Each throws an Error that names what it cannot read. */
function contextReader(node: Node) {
  const text = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string") return value;
    throw new Error(`The context ${name} must be text`);
  };
  const address = (name: string): string | undefined => {
    const value = text(name);
    // The text of an alarm has 1,024 characters.
    if (value === undefined || (/^https?:\/\/[^\s#]+$/.test(value) && value.length <= 500)) return value;
    throw new Error(`The context ${name} must be an address that begins with https://, without #`);
  };
  const count = (name: string, standard: number): number => {
    const value: unknown = node.tryGetContext(name) ?? standard;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number > 0) return number;
    throw new Error(`The context ${name} must be a whole number above 0`);
  };
  const choice = <Choice extends string>(
    name: string,
    choices: readonly Choice[],
    standard: Choice,
  ): Choice => {
    const value = text(name) ?? standard;
    const found = choices.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw new Error(`The context ${name} must be one of ${choices.join(", ")}`);
  };
  /** Separated by commas; `none` for an empty list. */
  const list = (name: string, standard: string): string[] => {
    const value = text(name) ?? standard;
    return value === "none" ? [] : value.split(",").map((entry) => entry.trim());
  };
  const flag = (name: string, standard: boolean): boolean => {
    const value: unknown = node.tryGetContext(name) ?? standard;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw new Error(`The context ${name} must be true or false`);
  };
  const pairs = (name: string): Record<string, string> =>
    Object.fromEntries(
      list(name, "none").map((entry) => {
        const [key = "", value = "", ...rest] = entry.split("=");
        if (key !== "" && value !== "" && rest.length === 0) return [key, value];
        throw new Error(`The context ${name} must be written as name=value, separated by commas`);
      }),
    );
  return { text, address, count, choice, list, flag, pairs };
}
