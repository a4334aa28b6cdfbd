import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customer } from "../../../../lib/domain/entities/customer.ts";
import { entities, entityNamed, subjectsOf } from "../../../../lib/domain/entities/registry.ts";
import { ticket } from "../../../../lib/domain/entities/ticket.ts";
import { defaultSettings } from "../../../../lib/domain/workspace/settings.ts";
import { archivedFactArbitrary } from "../../../fixtures/archive.ts";
import { placeFacts, purchase, step } from "../../../fixtures/domain.ts";

const subjects = (fact: object) =>
  placeFacts([fact]).flatMap((placed) => subjectsOf(placed).map(({ entity, id }) => `${entity.name} ${id}`));

const at = { occurredAt: "2026-10-02T12:00:00Z" };

describe("entities", () => {
  it("are stored under codes that never change", () => {
    const stored = entities.map(({ name, personal, steps }) => {
      const codes = Object.entries(steps).map(
        ([kind, { code, instant = false, detail = false, sum = false }]) => {
          return `${code}=${kind}${instant ? "@" : ""}${detail ? "+" : ""}${sum ? "Σ" : ""}`;
        },
      );
      return `${name}${personal ? "!" : ""}: ${codes.join(" ")}`;
    });
    expect(stored).toEqual([
      "customer!: j=joined@ l=left@+ r=returned@ p=purchased+Σ i=interacted+ s=recommended f=referred e=stage@+ a=subscribed@+ b=subscriptionChanged@+ d=unsubscribed@+ u=unhappy@ c=contacted@ h=helpedItself@",
      "referral: s=sent c=converted",
      "ticket: o=opened@ p=replied@ s=resolved@+ r=reopened@ a=rated+",
      "order: b=bought a=rated+",
      "call: q=queued@ n=answered@+ a=abandoned@+",
      "article: w=written@ u=used r=resolved",
      "cart: s=started@ b=bought@",
      "quote: q=quoted@+ n=between",
      "invitation: s=sent@ a=answered@",
    ]);
  });

  it("are found by name, and no other name", () => {
    expect(entityNamed("ticket")).toBe(ticket);
    expect(() => entityNamed("nobody")).toThrow(/there is no entity nobody/);
  });

  it("know nothing until there is a fact", () => {
    for (const { unknown, steps } of entities) {
      expect(unknown.origin).toBeNull();
      expect(unknown.steps).toEqual(Object.fromEntries(Object.keys(steps).map((kind) => [kind, []])));
    }
  });

  it("depend on no more settings than what follows from them does", () => {
    const named = entities.map((entity) => [entity.name, Object.keys(entity.dependencies(defaultSettings))]);
    expect(Object.fromEntries(named)).toEqual({
      customer: ["inactivityDays", "engagedTouchpoints", "journeyStages", "funnels"],
      referral: [],
      ticket: ["timeZone"],
      order: [],
      call: [],
      article: [],
      cart: ["cartHours", "timeZone"],
      quote: [],
      invitation: ["responseCutOffDays", "timeZone"],
    });
  });
});

describe("a fact is about", () => {
  it.each([
    ["the customer", step("joined", "c", "2026-10-02"), ["customer c"]],
    ["the customer who bought", purchase("c", "2026-10-02"), ["customer c"]],
    ["nobody where nobody says who bought", purchase(undefined, "2026-10-02"), []],
    [
      "the customer and its code",
      { type: "referral.sent", customerId: "c", code: "r", ...at },
      ["customer c", "referral r"],
    ],
    [
      "the customer alone where there was no code",
      { type: "referral.converted", customerId: "c", ...at },
      ["customer c"],
    ],
    [
      "the customer and the code it came by",
      { type: "referral.converted", customerId: "c", code: "r", ...at },
      ["customer c", "referral r"],
    ],
    [
      "the invitation that it answers",
      { survey: "nps", score: 9, invitationId: "i", ...at },
      ["invitation i"],
    ],
    ["none without an invitation", { survey: "nps", score: 9, ...at }, []],
  ])("%s", (_name, fact, expected) => {
    expect(subjects(fact)).toEqual(expected);
  });
});

describe("what follows from a history", () => {
  const beginnings: [name: string, beginning: object, more?: object][] = [
    ["customer", purchase("c", "2026-10-02")],
    ["referral", { type: "referral.sent", customerId: "c", code: "r", ...at }],
    ["ticket", { type: "ticket.opened", ticketId: "t", ...at }],
    // Of an order the answers about it count.
    ["order", purchase(undefined, "2026-10-02"), { survey: "csat", score: 2, orderId: "o", ...at }],
    ["call", { type: "call.queued", callId: "c", ...at }],
    ["article", { type: "article.written", articleId: "a", ...at }],
    ["cart", { type: "cart.started", cartId: "c", ...at }],
    ["quote", { type: "share.quoted", symbol: "A", money: { amount: "1.00", currency: "USD" }, ...at }],
    ["invitation", { type: "invitation.sent", invitationId: "i", ...at }],
  ];

  it.each(beginnings)(
    "names the kind of step with which %s begins among those that give it its segments",
    (name, beginning) => {
      const entity = entityNamed(name);
      const [fact] = placeFacts([beginning]);
      if (!fact) throw new Error("there is a fact");
      const { origin, steps } = entity.apply(entity.unknown, { ...fact, orderKey: "o" });
      const kinds = Object.keys(steps).filter((kind) => (steps[kind]?.length ?? 0) > 0);
      expect([origin === null, entity.origins]).toEqual([false, expect.arrayContaining(kinds)]);
    },
  );

  it("is known of every entity", () => {
    expect(beginnings.map(([name]) => name)).toEqual(entities.map(({ name }) => name));
  });

  it.each(beginnings)(
    "counts in the segments of the fact with which it begins: %s",
    (name, beginning, more) => {
      const entity = entityNamed(name);
      const dependencies = entity.dependencies(defaultSettings);
      const segments = { channel: "web" };
      const history = placeFacts(more ? [beginning, more] : [beginning]).reduce(
        (known, fact) => entity.apply(known, { ...fact, orderKey: "o", segments }),
        entity.unknown,
      );
      const occurrences = entity.derive(history, dependencies);
      expect(occurrences.length).toBeGreaterThan(0);
      for (const occurrence of occurrences) expect(occurrence.segments).toEqual(segments);
      expect(entity.derive(entity.unknown, dependencies)).toEqual([]);
    },
  );
});

describe("a fact taken out of a history", () => {
  const interaction = (id: string) => ({
    ...{ type: "interaction.made", id, customerId: "c", touchpoint: "shop" },
    ...at,
  });

  it("leaves it as if it had never arrived", () => {
    const [one, two] = placeFacts([interaction("a"), interaction("b")]);
    if (!one || !two) throw new Error("there are two facts");
    const first = customer.apply(customer.unknown, one);
    expect(customer.withdraw(customer.apply(first, two), two)).toEqual(first);
    expect(customer.withdraw(first, one)).toEqual(customer.unknown);
  });

  it("changes nothing where it is about somebody else", () => {
    const [other] = placeFacts([{ type: "ticket.replied", ticketId: "t", ...at }]);
    if (!other) throw new Error("there is a fact");
    expect(customer.withdraw(customer.unknown, other)).toBe(customer.unknown);
    expect(customer.apply(customer.unknown, other)).toBe(customer.unknown);
  });

  it("tells what is left, unless the segments came from it and may now come from another", () => {
    const [joined, bought] = placeFacts([step("joined", "c", "2026-10-02"), purchase("c", "2026-10-03")]);
    if (!joined || !bought) throw new Error("there are two facts");
    const alone = customer.apply(customer.unknown, joined);
    expect(customer.tellsWithout(alone, joined)).toBe(true);
    expect(customer.withdraw(alone, joined)).toEqual(customer.unknown);
    const both = customer.apply(alone, bought);
    expect(customer.tellsWithout(both, bought)).toBe(true);
    expect(customer.withdraw(both, bought)).toEqual(alone);
    expect(customer.tellsWithout(both, joined)).toBe(false);
  });
});

describe("the segments of a customer", () => {
  it("come from an explicit join before a purchase, from that before a stage of a journey, and never from a later return", () => {
    const stage = { type: "stage.entered", customerId: "c", stage: "awareness" };
    const facts = [
      { ...stage, occurredAt: "2026-10-01T12:00:00Z" },
      purchase("c", "2026-10-02"),
      step("returned", "c", "2026-10-03"),
      step("left", "c", "2026-10-04"),
      step("joined", "c", "2026-10-05"),
    ];
    const placed = placeFacts(facts).map((fact, index) => ({ ...fact, segments: { fact: String(index) } }));
    const origins = placed.map((_, index) => {
      const history = placed
        .slice(0, index + 1)
        .reduce((known, fact) => customer.apply(known, fact), customer.unknown);
      return history.origin?.segments["fact"];
    });
    expect(origins).toEqual(["0", "1", "1", "1", "4"]);
  });
});

it("a history of many facts is the same as when each was applied, in whatever order", () => {
  fc.assert(
    fc.property(fc.array(archivedFactArbitrary, { maxLength: 60 }), (drawn) => {
      const facts = [...new Map(drawn.map((one) => [one.fact.id, one])).values()];
      for (const entity of entities) {
        const own = Map.groupBy(facts, (fact) => entity.idOf(fact));
        own.delete(undefined);
        for (const some of own.values()) {
          const applied = some.reduce((history, fact) => entity.apply(history, fact), entity.unknown);
          expect(entity.historyOf(some)).toEqual(applied);
          expect(entity.historyOf(some.toReversed())).toEqual(applied);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it("every entity says which facts are its steps", () => {
  fc.assert(
    fc.property(archivedFactArbitrary, (fact) => {
      for (const entity of entities) {
        if (entity.idOf(fact) !== undefined) expect(entity.facts).toContain(fact.fact.type);
        expect(entity.facts).toEqual(expect.arrayContaining([...entity.aside]));
      }
    }),
    { numRuns: 500 },
  );
});
