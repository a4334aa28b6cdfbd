import { defaultSettings } from "../../workspace/settings.ts";
import { keyRequestSchema, keysQuerySchema } from "../routes/keys/handler.ts";
import { settingsPatchSchema } from "../routes/workspace/handler.ts";
import {
  healthSchema,
  keysSchema,
  newKeySchema,
  openApiSchema,
  revokedSchema,
  workspaceSchema,
} from "./answers.ts";
import { keyProblems, type Operation, pathId } from "./operation.ts";

/** What the document says of the routes for settings, keys and the service itself. */

const workspace = {
  id: "default",
  createdAt: "2026-10-01T07:12:44.000Z",
  ...defaultSettings,
  timeZone: "Europe/Berlin",
  inactivityDays: 90,
  trackedSince: {},
  snapshotsThrough: "2026-11-02",
};

const effects = [
  "inactivityDays: takes effect for all days. All customers are being counted again; snapshots of past days that change get new revisions.",
];

const key = {
  id: "3f9a01c2b4d5",
  name: "web shop",
  scopes: ["ingest"],
  origins: ["https://shop.example"],
  createdAt: "2026-10-01T07:14:02.310Z",
  expiresAt: null,
  lastUsedAt: null,
};

const workspaceOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/workspace": {
    operationId: "getWorkspace",
    tag: "Workspace",
    summary: "The settings of the workspace",
    description:
      "The workspace is the key's. `snapshotsThrough` is the last day up to which every day has its snapshot.",
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
      "Changes the settings that the body names and leaves the others. The answer says from when on each change holds and what stays as it was.",
    body: {
      schema: settingsPatchSchema,
      examples: {
        inactivity: { summary: "Leaving by not buying for 90 days", value: { inactivityDays: 90 } },
        zone: {
          summary: "Days and money of a shop in Berlin",
          value: { timeZone: "Europe/Berlin", currency: "EUR" },
        },
      },
    },
    answers: {
      200: {
        description: "The settings, and from when on each change holds",
        schema: workspaceSchema,
        examples: { changed: { summary: "Changed", value: { ...workspace, effects } } },
      },
    },
    problems: [...keyProblems, 400, 413, 415, 422],
  },
};

const keyOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/keys": {
    operationId: "makeKey",
    tag: "Keys",
    summary: "Make an API key",
    description:
      "The key's text is in this answer and never again: only its hash is stored. A key with the scope `ingest` alone can be limited to web origins, and may then be public.",
    body: {
      schema: keyRequestSchema,
      examples: {
        browser: {
          summary: "For a page that sends facts from browsers",
          value: { name: "web shop", scopes: ["ingest"], origins: ["https://shop.example"] },
        },
        reader: {
          summary: "For a report, until the end of the year",
          value: { name: "monthly figures", scopes: ["read"], expiresAt: "2026-12-31T23:59:59Z" },
        },
      },
    },
    answers: {
      201: {
        description: "The key",
        schema: newKeySchema,
        examples: {
          made: {
            summary: "Keep the text: it is shown once",
            value: { ...key, key: "cxm_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXA" },
          },
        },
      },
    },
    problems: [...keyProblems, 400, 409, 413, 415, 422],
    meanings: { 409: "a workspace has as many keys as it can have: revoke one that is not used" },
  },
  "GET /v1/keys": {
    operationId: "listKeys",
    tag: "Keys",
    summary: "The API keys of the workspace",
    description: "The keys without their texts, the oldest first.",
    query: keysQuerySchema,
    answers: {
      200: {
        description: "The keys",
        schema: keysSchema,
        examples: { keys: { summary: "One key", value: { items: [key], nextCursor: null } } },
        csv: "id,name,scopes,origins,createdAt\r\n3f9a01c2b4d5,web shop,ingest,https://shop.example,2026-10-01T07:14:02.310Z\r\n",
      },
    },
    problems: [...keyProblems, 400],
  },
  "DELETE /v1/keys/{id}": {
    operationId: "revokeKey",
    tag: "Keys",
    summary: "Revoke an API key",
    description: "Requests with it are refused within 60 seconds. The last admin key cannot be revoked.",
    path: pathId("The key's id", "3f9a01c2b4d5"),
    answers: {
      200: {
        description: "It is revoked",
        schema: revokedSchema,
        examples: { revoked: { summary: "Revoked", value: { id: "3f9a01c2b4d5", status: "revoked" } } },
      },
    },
    problems: [...keyProblems, 404, 409],
    meanings: {
      404: "there is no key with this id",
      409: "this is the last admin key: make another one first",
    },
  },
};

/** By route key. */
export const administrationOperations: Readonly<Record<string, Operation>> = {
  ...workspaceOperations,
  ...keyOperations,
  "GET /v1/openapi.json": {
    operationId: "getOpenApi",
    tag: "Service",
    summary: "This document",
    description: "Made from the schemas by which requests are validated.",
    answers: {
      200: {
        description: "OpenAPI 3.1",
        schema: openApiSchema,
        examples: {
          beginning: {
            summary: "How it begins",
            value: { openapi: "3.1.1", info: { title: "cx-metrics", version: "1.0.0" } },
          },
        },
      },
    },
    problems: [429, 500, 503],
  },
  "GET /v1/health": {
    operationId: "getHealth",
    tag: "Service",
    summary: "Whether the service and its table answer",
    description: "Reads one item from the table, so that a monitor sees whether requests would succeed.",
    answers: {
      200: {
        description: "All is well",
        schema: healthSchema,
        examples: { ok: { summary: "All is well", value: { status: "ok" } } },
      },
    },
    problems: [429, 500, 503],
  },
};
