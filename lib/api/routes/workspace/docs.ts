import { defaultSettings } from "../../../domain/workspace/settings.ts";
import { keyProblems, type Operation } from "../../openapi/operation.ts";
import { workspaceSchema } from "./answers.ts";
import { settingsPatchSchema } from "./handler.ts";

/** OpenAPI operations of the settings. */

const workspace = {
  id: "default",
  createdAt: "2026-10-01T07:12:44.000Z",
  ...defaultSettings,
  timeZone: "Europe/Berlin",
  inactivityDays: 90,
  trackedSince: {},
  ordersLinkedSince: null,
  snapshotsFrom: "2026-09-14",
  snapshotsThrough: "2026-11-02",
  recount: { state: "complete", since: null, entities: [] },
};

const recount = { state: "running", since: "2026-11-03T09:30:12.480Z", entities: ["customer"] };

const effects = [
  "inactivityDays: takes effect for all days. All customers are being counted again; snapshots of past days that change get new revisions.",
];

/** By route key. */
export const workspaceOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/workspace": {
    operationId: "getWorkspace",
    tag: "Workspace",
    summary: "The settings of the workspace",
    description:
      "The workspace is the key's. `snapshotsFrom` is the earliest day that has a snapshot; `snapshotsThrough` is the last day up to which every day has its snapshot. After a change of a setting that customers, carts, invitations or tickets are counted by, `recount` says how far they are counted again.",
    answers: {
      200: {
        description: "The settings",
        schema: workspaceSchema,
        examples: { workspace: { summary: "A shop in Berlin", value: workspace } },
      },
    },
    problems: [...keyProblems, 400],
  },
  "PATCH /v1/workspace": {
    operationId: "changeWorkspace",
    tag: "Workspace",
    summary: "Change settings of the workspace",
    description:
      "Changes the settings that the body names and leaves the others. The answer says from when on each change holds and what stays as it was. It takes a second and a half: every fact that is sent after it meets the new settings.",
    body: {
      schema: settingsPatchSchema,
      examples: {
        inactivity: { summary: "Leaving by not buying for 90 days", value: { inactivityDays: 90 } },
        zone: {
          summary: "Days and money of a shop in Berlin",
          value: { timeZone: "Europe/Berlin", currency: "EUR" },
        },
        latest: {
          summary: "Whoever answers an invitation again corrects what was said before",
          value: { latestAnswers: [{ survey: "csat", surveyId: "after-order" }, { survey: "nps" }] },
        },
      },
    },
    answers: {
      200: {
        description: "The settings, and from when on each change holds",
        schema: workspaceSchema,
        examples: { changed: { summary: "Changed", value: { ...workspace, recount, effects } } },
      },
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
};
