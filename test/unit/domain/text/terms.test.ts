import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutStopWords } from "../../../../lib/domain/text/stop-words.ts";
import { TermCounter, wordsOf } from "../../../../lib/domain/text/terms.ts";

function termsOf(...comments: string[]): string[] {
  const counter = new TermCounter();
  for (const comment of comments) counter.add(comment);
  return counter.top(100).map(({ term, comments: count }) => `${term} ${count}`);
}

describe("frequent terms", () => {
  it.each([
    ["The delivery van was late, and I didn't get it!", ["delivery", "late", "van"]],
    ["L'attente était très longue", ["attente", "longue"]],
    ["Die Lieferung war nicht gut", ["gut", "Lieferung"]],
    ["配送很慢，包装也破了", ["包装", "很慢", "破", "配送"]],
    ["配送がとても遅かったです", ["とても", "遅", "配送"]],
    ["บริการดีมาก", ["ดี", "บริการ"]],
    ["Доставка очень медленная", ["Доставка", "медленная"]],
    ["Waited 45 minutes, 2nd time, call 555-1234", ["call", "minutes", "time", "Waited"]],
  ])("of %s leave out what says nothing", (comment, expected) => {
    expect(
      termsOf(comment)
        .map((term) => term.replace(/ 1$/, ""))
        .sort(),
    ).toEqual(expected.toSorted());
  });

  it("count a comment once for a term, however it is written, and show the usual form", () => {
    const comments = ["Café café CAFÉ", "cafe and more", "the café", "Café"];
    expect(termsOf(...comments)[0]).toBe("Café 4");
    expect(termsOf("delivery", "Delivery", "delivery")).toEqual(["delivery 3"]);
  });

  it("come the most frequent first, and equally frequent ones in the order of their text", () => {
    expect(termsOf("price delivery", "delivery", "quality price", "service")).toEqual([
      "delivery 2",
      "price 2",
      "quality 1",
      "service 1",
    ]);
  });

  it("are as many as asked for", () => {
    const counter = new TermCounter();
    counter.add("price delivery quality service");
    expect(counter.top(2)).toHaveLength(2);
  });

  it("are the same in any order of comments, and never more than there are comments", () => {
    const word = fc.constantFrom("price", "Price", "delivery", "配送", "the", "très", "café", "cafe", "ok");
    const comment = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(comment, { maxLength: 8 }), (comments) => {
        const terms = termsOf(...comments);
        const counts = (list: string[]) => list.map((term) => Number(term.split(" ").at(-1)));
        expect(counts(termsOf(...comments.toReversed()))).toEqual(counts(terms));
        for (const count of counts(terms)) expect(count).toBeLessThanOrEqual(comments.length);
      }),
    );
  });
});

describe("stop words", () => {
  it("are those of the language that a text is in", () => {
    expect(withoutStopWords(["the", "van", "was", "late"])).toEqual(["van", "late"]);
    expect(withoutStopWords(["het", "van", "de", "fiets"])).toEqual(["fiets"]);
  });

  it("do not hide how someone found it", () => {
    for (const word of ["gut", "schlecht", "good", "bad", "late", "lento", "bra"]) {
      expect(withoutStopWords([word]), word).toEqual([word]);
    }
  });
});

it("finds words in any text without failing, each folded once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const words = [...wordsOf(text).keys()];
      expect(new Set(words).size).toBe(words.length);
      expect(withoutStopWords(words).every((word) => words.includes(word))).toBe(true);
    }),
  );
});
