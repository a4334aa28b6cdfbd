import { join } from "node:path";
import { html } from "../../../report/html.ts";
import { messageOf } from "../errors.ts";
import type { InvokeFunction } from "../http/http-api.ts";
import type { GatewayRequest } from "../http/request.ts";
import { type GatewayResponse, gatewayMessage } from "../http/response.ts";
import type { Blueprint } from "../template/blueprint.ts";
import type { DashboardBlueprint, WidgetBlueprint } from "../template/dashboard-blueprint.ts";
import { account } from "../template/names.ts";
import type { TimeRange } from "./graph.ts";
import { dashboardPolicy, renderDashboards } from "./page.ts";
import { readPoints } from "./points.ts";

/** Where the local cloud shows the dashboards. A deployment has nothing there. */
export const dashboardsPath = "/dashboards";

/** The ranges that can be chosen, in days. */
const ranges = [1, 7, 30, 90] as const;
const dayMilliseconds = 86_400_000;
const defaultDays = 1;

/** Draws the template's CloudWatch dashboards, so that they can be looked at without AWS. */
export class Dashboards {
  readonly #blueprint: Pick<Blueprint, "dashboards" | "alarms" | "functions">;
  readonly #logs: string;
  readonly #invoke: InvokeFunction;

  /** @param logs the folder of the logs */
  constructor(
    blueprint: Pick<Blueprint, "dashboards" | "alarms" | "functions">,
    logs: string,
    invoke: InvokeFunction,
  ) {
    this.#blueprint = blueprint;
    this.#logs = logs;
    this.#invoke = invoke;
  }

  /** Whether a request is for this page, and not for the API. */
  isFor({ path }: Pick<GatewayRequest, "path">): boolean {
    return path === dashboardsPath && this.#blueprint.dashboards.length > 0;
  }

  /**
   * Answers a request. Who sits at this machine needs no key, as who may look at CloudWatch needs none: a page of another site that
   * leads its own name here gets nothing.
   */
  async answer({ method, headers, rawQuery, receivedAt }: GatewayRequest): Promise<GatewayResponse> {
    if (method !== "GET" && method !== "HEAD") return gatewayMessage(405, "Method Not Allowed");
    if (!isOwnName(headers["host"])) return gatewayMessage(403, "Forbidden");
    const asked = Number(new URLSearchParams(rawQuery).get("days"));
    const chosen = ranges.find((days) => days === asked);
    const { dashboards, alarms } = this.#blueprint;
    const shown = await Promise.all(
      dashboards.map(async (dashboard) => {
        const range = { from: receivedAt - (chosen ?? daysOf(dashboard)) * dayMilliseconds, to: receivedAt };
        const answers = dashboard.widgets.map((widget, index) => this.#ask(dashboard, widget, index, range));
        return { dashboard, range, answers: await Promise.all(answers) };
      }),
    );
    const from = Math.min(...shown.map(({ range }) => range.from));
    const points = await readPoints(this.#files, from);
    const text = renderDashboards({ shown, alarms, points, ranges, chosen });
    return {
      status: 200,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": dashboardPolicy,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      },
      body: Buffer.from(text),
    };
  }

  get #files(): string[] {
    const names = ["access", ...this.#blueprint.functions.map(({ name }) => name)];
    return names.flatMap((name) => [join(this.#logs, `${name}.log.1`), join(this.#logs, `${name}.log`)]);
  }

  /** What the function of a custom widget answers to what CloudWatch sends it ("Creating a custom widget", CloudWatch's guide). */
  async #ask(
    dashboard: DashboardBlueprint,
    { type, width, height, properties }: WidgetBlueprint,
    index: number,
    { from, to }: TimeRange,
  ): Promise<string | undefined> {
    const { endpoint, params = {}, title } = properties;
    if (type !== "custom" || endpoint === undefined) return undefined;
    const timeRange = { mode: "relative", start: from, end: to, relativeStart: to - from, zoom: null };
    const widgetContext = {
      dashboardName: dashboard.name,
      widgetId: `widget-${index + 1}`,
      accountId: account,
      locale: "en",
      timezone: { label: "UTC", offsetISO: "+00:00", offsetInMinutes: 0 },
      period: 300,
      isAutoPeriod: false,
      timeRange,
      theme: "light",
      linkCharts: true,
      title: title ?? "",
      params,
      forms: { all: {} },
      width: width * 75,
      height: height * 50,
    };
    try {
      const answer = await this.#invoke(endpoint, { ...params, widgetContext });
      return typeof answer === "string" ? answer : JSON.stringify(answer);
    } catch (error) {
      return html`<p>The widget's function failed: ${messageOf(error)}</p>`.text;
    }
  }
}

/** How many days a dashboard shows by itself. */
function daysOf({ start = "" }: DashboardBlueprint): number {
  const [, days, hours] = /^-P(?:(\d+)D|T(\d+)H)$/.exec(start) ?? [];
  if (days !== undefined) return Number(days);
  return hours === undefined ? defaultDays : Number(hours) / 24;
}

function isOwnName(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? "");
}
