import { describe, expect, it } from "vitest";
import { Counted } from "../../../fixtures/domain.ts";

const month = ["2026-03-01", "2026-03-31"] as const;

describe("queue-abandonment", () => {
  const call = (kind: string, callId: string, occurredAt: string) => ({
    type: `call.${kind}`,
    callId,
    occurredAt,
  });

  it("is 100·abandoned/queued, both on the day on which the call was queued", () => {
    const counted = new Counted([
      call("queued", "a", "2026-03-31T23:59:00Z"),
      call("abandoned", "a", "2026-04-01T00:01:00Z"),
      call("queued", "b", "2026-03-31T10:00:00Z"),
      call("queued", "b", "2026-03-31T10:00:30Z"),
      call("abandoned", "b", "2026-03-31T10:05:00Z"),
      call("abandoned", "b", "2026-03-31T10:05:00Z"),
      call("queued", "c", "2026-03-31T11:00:00Z"),
      call("queued", "d", "2026-03-31T11:00:00Z"),
      call("abandoned", "never queued", "2026-03-31T11:00:00Z"),
    ]);
    expect(counted.measure("queue-abandonment", ...month)).toMatchObject({
      value: 50,
      n: 4,
      components: { queued: 4, abandoned: 2, notAbandoned: 2 },
    });
    expect(counted.measure("queue-abandonment", "2026-04-01", "2026-04-30").value).toBeNull();
  });
});
