import { describe, expect, it } from "vitest";
import { type References, resolve } from "../../../../lib/tools/local-cloud/template/intrinsics.ts";

const references: References = {
  ref: (name) => (name === "Table" ? "App-table" : name === "AWS::Region" ? "us-east-1" : undefined),
  attribute: (id, attribute) => (id === "Table" && attribute === "Arn" ? "arn:table" : undefined),
};

/** A placeholder of `Fn::Sub`. */
function hole(name: string): string {
  return `$\{${name}}`;
}

function value(of: unknown): unknown {
  return resolve(of, references, "Thing");
}

describe("a template's intrinsic functions", () => {
  it.each([
    [{ Ref: "Table" }, "App-table"],
    [{ "Fn::GetAtt": ["Table", "Arn"] }, "arn:table"],
    [{ "Fn::GetAtt": "Table.Arn" }, "arn:table"],
    [{ "Fn::Join": ["/", ["a", { Ref: "Table" }]] }, "a/App-table"],
    [
      { "Fn::Sub": `${hole("AWS::Region")}/${hole("Table")}/${hole("Table.Arn")}/${hole("!Table")}` },
      `us-east-1/App-table/arn:table/${hole("Table")}`,
    ],
    [
      { "Fn::Sub": [`${hole("name")}-${hole("Table")}`, { name: { Ref: "AWS::Region" } }] },
      "us-east-1-App-table",
    ],
    [{ "Fn::Select": [1, { "Fn::Split": [",", "a,b"] }] }, "b"],
    [{ list: [{ Ref: "AWS::NoValue" }, 1], gone: { Ref: "AWS::NoValue" } }, { list: [1] }],
    [
      { Ref: "Table", other: 1 },
      { Ref: "Table", other: 1 },
    ],
  ])("%j becomes %j", (of, expected) => {
    expect(value(of)).toEqual(expected);
  });

  it.each([
    [{ Ref: "Nothing" }, "Thing refers to Nothing"],
    [{ "Fn::GetAtt": ["Table", "StreamArn"] }, "Thing needs Table.StreamArn"],
    [{ "Fn::ImportValue": "x" }, "Thing uses Fn::ImportValue"],
    [{ "Fn::If": ["c", 1, 2] }, "Thing uses Fn::If"],
  ])("%j is refused by name", (of, message) => {
    expect(() => value(of)).toThrow(message);
  });
});
