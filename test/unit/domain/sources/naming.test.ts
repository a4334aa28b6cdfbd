import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesPerson, namingOf } from "../../../../lib/domain/sources/naming.ts";

function isNamed(body: string | Buffer, customerId: string): boolean {
  return namesPerson(Buffer.from(body), namingOf(customerId));
}

/** JSON with each sign of its texts escaped. */
function escaped(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[A-Za-z0-9@.]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

const jane = "jane.doe@mail.example";

describe("a body names a person", () => {
  it.each([
    ["as a text", JSON.stringify({ user: { email: jane } }), jane],
    ["within a text", JSON.stringify({ note: `Call ${jane}, please` }), jane],
    ["in other capitals", JSON.stringify({ email: "Jane.Doe@Mail.Example" }), jane],
    ["as a name of a field", JSON.stringify({ [jane]: { score: 3 } }), jane],
    ["with every sign escaped", escaped([{ email: jane }]), jane],
    ["behind an escape", '"Hello\\njane"', "jane"],
    ["with slashes escaped", '{"id":"shop\\/17"}', "shop/17"],
    ["in JSON within a text", JSON.stringify({ body: escaped({ email: jane }) }), jane],
    ["in an address", JSON.stringify({ url: "https://x.example/?mail=jane.doe%40mail.example" }), jane],
    [
      "in an address with what is no text beside it",
      JSON.stringify("%E0%A4%A/jane.doe%40mail.example"),
      jane,
    ],
    ["as a number", '{"customer":{"id":17850}}', "17850"],
    ["as a number of more digits than numbers have", '{"id":900719925474099312345}', "900719925474099312345"],
    ["in the id of a resource", '{"id":"gid://shopify/Customer/17850"}', "17850"],
    ["in a body that is no whole JSON", `{"email":${escaped(jane)},`, jane],
    ["in a body that is no JSON", "user=jane.doe%40mail.example&score=3", jane],
    [
      "in an address with a plus for a blank",
      JSON.stringify("https://x.example/?name=Jane+D%C3%B6+1"),
      "Jane Dö",
    ],
    [
      "in an address with a plus for itself",
      JSON.stringify("https://x.example/?m=jane%2Bshop%40x.example"),
      "jane+shop@x.example",
    ],
    [
      "in an address within an address",
      JSON.stringify("https://x.example/?to=https%3A%2F%2Fx.example%3Fmail%3Djane.doe%2540mail.example"),
      jane,
    ],
    [
      "in an address within an address with a plus for a blank",
      JSON.stringify("https://x.example/?to=%2Fme%3Fname%3DJane%2BDoe"),
      "Jane Doe",
    ],
    ["in another script, between other letters", JSON.stringify("お客様山田さん"), "山田"],
    ["composed in another way", JSON.stringify("Andre\u0301"), "Andr\u00e9"],
    ["with signs that have a meaning in expressions", JSON.stringify("a+b(c)|d^$"), "a+b(c)|d^$"],
  ])("%s", (_way, body, customerId) => {
    expect(isNamed(body, customerId)).toBe(true);
  });

  it.each([
    ["an id within a longer number", '{"id":217850,"total":1785.0}', "17850"],
    ["an id within another word", JSON.stringify({ name: "janet", mail: "xjane.doe@mail.example" }), "jane"],
    ["an address with another sign where it has a point", JSON.stringify("jane-doe@mail-example"), jane],
    ["nothing", "", jane],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0]), jane],
  ])("not by %s", (_what, body, customerId) => {
    expect(isNamed(body, customerId)).toBe(false);
  });

  it("however deep it stands, and however deep a body is", () => {
    const deep = `${"[".repeat(50_000)}${escaped(jane)}${"]".repeat(50_000)}`;
    expect(isNamed(deep, jane)).toBe(true);
    expect(isNamed(deep, "john")).toBe(false);
  });

  it("wherever any JSON has the id as a text", () => {
    const place = fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 6 });
    const id = fc.stringMatching(/^[a-z0-9][A-Za-z0-9@._ -]{0,20}[a-z0-9]$/);
    fc.assert(
      fc.property(id, place, fc.json(), (customerId, path, beside) => {
        const value = path.reduceRight<unknown>(
          (inner, step) => (typeof step === "number" ? [beside, inner] : { beside, [step]: inner }),
          customerId,
        );
        expect(isNamed(JSON.stringify(value), customerId)).toBe(true);
        expect(isNamed(escaped(value), customerId)).toBe(true);
      }),
    );
  });
});
