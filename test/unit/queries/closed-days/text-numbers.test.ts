import fc from "fast-check";
import { expect, it } from "vitest";
import { TextNumbers } from "../../../../lib/queries/closed-days/text-numbers.ts";

it("gives each different text one number, in the order in which they come, however many there are", () => {
  const texts = fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 300 });
  fc.assert(
    fc.property(texts, (some) => {
      const [numbers, known] = [new TextNumbers(), new Map<string, number>()];
      for (const text of some) {
        // As the bytes have it: half of a sign beyond the first plane is no text of its own.
        const key = Buffer.from(text).toString("hex");
        const expected = known.get(key) ?? known.size;
        known.set(key, expected);
        expect(numbers.numberOfText(text)).toBe(expected);
      }
      expect(numbers.size).toBe(known.size);
    }),
    { numRuns: 20 },
  );
});

it("finds each of a hundred thousand texts again, and reads no byte beside a text", () => {
  const numbers = new TextNumbers();
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `<c${index}>`).join(""));
  for (const _round of [1, 2]) {
    let begin = 0;
    for (let index = 0; index < 100_000; index += 1) {
      const end = bytes.indexOf(">", begin);
      if (numbers.numberOf(bytes, begin + 1, end) !== index)
        throw new Error(`text ${index} has another number`);
      begin = end + 1;
    }
  }
  expect(numbers.size).toBe(100_000);
});
