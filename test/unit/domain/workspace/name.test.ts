import { describe, expect, it } from "vitest";
import { settingsSchema, workspaceNameSchema } from "../../../../lib/domain/workspace/settings.ts";

describe("the name of a workspace", () => {
  it.each([
    "Acme shop",
    "Müller & Söhne <GmbH>",
    "ラーメン屋",
    "فروشگاه می\u200cخواهم",
    "श्री\u200dमान",
    "👨\u200d👩\u200d👧",
    "שלום",
  ])("may be %s, as people write it", (name) => {
    expect(workspaceNameSchema.parse(` ${name} `)).toBe(name);
  });

  it.each([
    ["a line break", "a\nb", "must have no control characters"],
    ["a separator of lines", "a\u2028b", "must have no control characters"],
    ["what turns the text round", "a\u202eb", "must have no control characters"],
    ["half a character", "a\ud800", "must have no control characters"],
    ["nothing that one sees", "\u200b\u200d", "must have a character that one sees"],
    ["a letter that has no shape", "\u3164", "must have a character that one sees"],
    ["a pattern of no dots", "\u2800", "must have a character that one sees"],
    ["what only chooses a shape", "\ufe0f", "must have a character that one sees"],
    ["nothing", "  ", "must have 1 to 80 characters"],
    ["81 characters", "x".repeat(81), "must have 1 to 80 characters"],
  ])("is refused with %s", (_, name, message) => {
    expect(workspaceNameSchema.safeParse(name).error?.issues.map((issue) => issue.message)).toContain(
      message,
    );
  });

  it("is a text or null", () => {
    const { name } = settingsSchema.shape;
    expect(name.parse(null)).toBeNull();
    expect(name.safeParse(5).error?.issues[0]?.message).toBe("must be a text");
  });
});
