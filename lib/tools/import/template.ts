/** A piece of a template: literal text, a column's cell, the row's number, or a hash of what the fact reads. */
export type TemplatePart =
  | { readonly text: string }
  | { readonly column: string }
  | { readonly special: "row" | "hash" };

/**
 * Splits a template such as `order-{order_id}` in its parts. `{#row}` is the row's number, `{#hash}` a hash of the
 * cells that the fact reads; `{{` and `}}` stand for braces.
 * @returns the parts, or the problem where the braces do not match.
 */
export function parseTemplate(template: string): { parts: readonly TemplatePart[] } | { problem: string } {
  const parts: TemplatePart[] = [];
  let text = "";
  let at = 0;
  while (at < template.length) {
    const sign = template.charAt(at);
    if ((sign === "{" || sign === "}") && template.charAt(at + 1) === sign) {
      text += sign;
      at += 2;
    } else if (sign === "}") {
      return { problem: `has a } without its { ("${template}"); a literal brace is written twice` };
    } else if (sign === "{") {
      const end = endOfName(template, at + 1);
      if (end < 0)
        return { problem: `has a { without its } ("${template}"); a literal brace is written twice` };
      if (text) parts.push({ text });
      text = "";
      const name = template
        .slice(at + 1, end)
        .replaceAll(/\{\{|\}\}/g, (braces) => braces.charAt(0))
        .trim();
      if (!name) return { problem: `has {} without a column's name ("${template}")` };
      parts.push(placeholder(name));
      at = end + 1;
    } else {
      text += sign;
      at += 1;
    }
  }
  if (text) parts.push({ text });
  return { parts };
}

/** The brace that ends a column's name. In a name, braces are doubled: `{size {{cm}}}` is the column "size {cm}". */
function endOfName(template: string, from: number): number {
  let open = 0;
  for (let at = from; at < template.length; at += 1) {
    const sign = template.charAt(at);
    const isDouble = template.charAt(at + 1) === sign;
    if (sign === "{" && isDouble) open += 1;
    else if (sign !== "}") continue;
    else if (open > 0 && isDouble) open -= 1;
    else return at;
    at += 1;
  }
  return -1;
}

function placeholder(name: string): TemplatePart {
  if (name === "#row") return { special: "row" };
  if (name === "#hash") return { special: "hash" };
  return { column: name };
}
