import { publicRules } from "../../../domain/facts/sender-rules.ts";
import { publicLimits } from "../../../store/settings/api-keys.ts";
import { keyProblems, type Operation, pathId } from "../../openapi/operation.ts";
import { keysSchema, newKeySchema, revokedSchema } from "./answers.ts";
import { keysQuerySchema } from "./handler.ts";
import { keyRequestSchema } from "./key-request.ts";

/** OpenAPI operations of API keys. */

const key = {
  id: "3f9a01c2b4d5",
  name: "web shop",
  scopes: ["ingest"],
  origins: ["https://shop.example"],
  public: true,
  ...publicRules,
  ...publicLimits,
  createdAt: "2026-10-01T07:14:02.310Z",
  expiresAt: null,
  lastUsedAt: null,
};

/** By route key. */
export const keyOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/keys": {
    operationId: "makeKey",
    tag: "Keys",
    summary: "Make an API key",
    description:
      "The key's text is in this answer and never again: only its hash is stored. A key with the scope `ingest` alone can be limited to web origins, and is then public: its facts have ids of their own, `<key id>:<id>`, and it may send what the fields below say, little where they are absent. What a field leaves out is fixed when the key is made.",
    body: {
      schema: keyRequestSchema,
      examples: {
        browser: {
          summary: "For a page that sends answers to surveys and what visitors do",
          value: { name: "web shop", scopes: ["ingest"], origins: ["https://shop.example"] },
        },
        survey: {
          summary: "For a page that sends answers to one survey, of two channels",
          value: {
            ...{ name: "survey page", scopes: ["ingest"], origins: ["https://shop.example"] },
            ...{ eventTypes: [], surveys: ["nps"], dimensions: { channel: ["web", "app"] }, maxAgeDays: 0 },
          },
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
        csv: "id,name,scopes,origins,public,maxAgeDays,createdAt\r\n3f9a01c2b4d5,web shop,ingest,https://shop.example,true,2,2026-10-01T07:14:02.310Z\r\n",
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
