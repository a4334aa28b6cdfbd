import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { findApiKey, generateApiKey, isApiKey } from "../../../../lib/store/settings/api-keys.ts";
import { documentClient } from "../../../../lib/store/table/client.ts";

/** A table that cannot be reached: whoever asks it fails. */
const client = new DynamoDBClient({
  ...{ endpoint: "http://127.0.0.1:9", region: "eu-central-1", maxAttempts: 1 },
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const table = { client: documentClient(client), name: "nowhere" };

afterAll(() => client.destroy());

describe("the text of a key", () => {
  it("that was made here is looked up", async () => {
    const key = generateApiKey();
    expect(isApiKey(key)).toBe(true);
    await expect(findApiKey(table, key, Date.now())).rejects.toThrow();
  });

  it("that an operator chose is looked up too", async () => {
    expect(isApiKey("local-admin-key-1")).toBe(true);
    await expect(findApiKey(table, "local-admin-key-1", Date.now())).rejects.toThrow();
  });

  const key = generateApiKey();
  it.each([
    ["", "nothing"],
    ["x".repeat(15), "too short"],
    ["x".repeat(129), "too long"],
    [`${key.slice(0, 10)} ${key.slice(11)}`, "a space"],
    [`${key.slice(0, 10)}é${key.slice(11)}`, "another script"],
  ])("that is malformed is refused without asking the table: %j, %s", async (text) => {
    expect(await findApiKey(table, text, Date.now())).toBeUndefined();
  });
});
