import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  consumedUnits,
  stripRequestToken,
  withConsumption,
} from "../../../../lib/tools/local-cloud/aws/dynamodb-proxy.ts";

function stripped(request: object): unknown {
  const body = Buffer.from(JSON.stringify(request));
  const length = body.length;
  stripRequestToken(body);
  expect(body).toHaveLength(length);
  return JSON.parse(body.toString());
}

const TransactItems = [{ Put: { TableName: "t", Item: { pk: { S: "a" } } } }];

describe("the request token of a transaction", () => {
  it.each([
    ["first", { ClientRequestToken: "x-1", TransactItems }],
    ["last", { TransactItems, ClientRequestToken: "x-1" }],
    ["in the middle", { ReturnConsumedCapacity: "TOTAL", ClientRequestToken: "x-1", TransactItems }],
    ["alone", { ClientRequestToken: "x-1" }],
  ])("is taken out when it comes %s", (_where, request) => {
    const { ClientRequestToken: _, ...rest } = request as { ClientRequestToken: string };
    expect(stripped(request)).toEqual(rest);
  });

  it("is the only thing that is taken out, whatever the items have in them", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom('"ClientRequestToken":"', "ClientRequestToken", '\\"ClientRequestToken\\":\\"', '",'),
    );
    const items = fc.dictionary(text, fc.record({ S: text }));
    fc.assert(
      fc.property(items, fc.boolean(), (Item, first) => {
        const rest = { TransactItems: [{ Put: { TableName: "t", Item } }] };
        const token = { ClientRequestToken: "5b1f" };
        expect(stripped(first ? { ...token, ...rest } : { ...rest, ...token })).toEqual(rest);
      }),
    );
  });
});

describe("consumed capacity", () => {
  it("is asked for unless the request does so already", () => {
    const asked = withConsumption(Buffer.from('{"TableName":"t"}')).toString();
    expect(JSON.parse(asked)).toEqual({ ReturnConsumedCapacity: "TOTAL", TableName: "t" });
    const own = Buffer.from('{"TableName":"t","ReturnConsumedCapacity":"INDEXES"}');
    expect(withConsumption(own)).toBe(own);
    expect(withConsumption(Buffer.from("{}")).toString()).toBe("{}");
  });

  it("is summed over tables", () => {
    const units = (ConsumedCapacity?: unknown) =>
      consumedUnits(Buffer.from(JSON.stringify({ ConsumedCapacity })));
    expect(units({ CapacityUnits: 1.5 })).toBe(1.5);
    expect(units([{ CapacityUnits: 2 }, { CapacityUnits: 3 }])).toBe(5);
    expect(units()).toBe(0);
  });

  it("is found beside items, wherever it stands and whatever their attributes are called", () => {
    const ConsumedCapacity = { TableName: "t", CapacityUnits: 2.5 };
    const units = (answer: object) => consumedUnits(Buffer.from(JSON.stringify(answer)));
    const Items = [{ text: { S: '"ConsumedCapacity":{"CapacityUnits":9}' } }];
    expect(units({ ConsumedCapacity, Items })).toBe(2.5);
    expect(units({ Items, ConsumedCapacity })).toBe(2.5);
    expect(units({ Items: [{ ConsumedCapacity: { N: "9" } }], ConsumedCapacity })).toBe(2.5);
    const byIndex = {
      ...ConsumedCapacity,
      Table: { CapacityUnits: 1 },
      Indexes: { i: { CapacityUnits: 1.5 } },
    };
    expect(units({ Items, ConsumedCapacity: byIndex })).toBe(2.5);
    expect(units({ ConsumedCapacity: Array.from({ length: 40 }, () => ConsumedCapacity) })).toBe(100);
  });
});
