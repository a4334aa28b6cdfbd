/**
 * Whether a JSON filter pattern of CloudWatch Logs finds a line: comparisons of fields with texts by `=` and `!=`, `*` for
 * any characters, joined by `&&` and `||` in parentheses, which is what this product uses of them.
 * @throws Error where the pattern is another one
 */
export function finds(pattern: string, line: unknown): boolean {
  const inner = /^\{(.*)\}$/.exec(pattern.trim())?.[1];
  if (inner === undefined) throw new Error(`${pattern} is no JSON filter pattern`);
  const tokens = inner.match(/"[^"]*"|&&|\|\||!=|=|[()]|\$[\w.]+/g) ?? [];
  const rest = [...tokens];
  const found = readAny(rest, line);
  if (rest.length > 0) throw new Error(`${pattern} is not understood from ${rest.join(" ")}`);
  return found;
}

function readAny(tokens: string[], line: unknown): boolean {
  let found = readAll(tokens, line);
  while (tokens[0] === "||") {
    tokens.shift();
    found = readAll(tokens, line) || found;
  }
  return found;
}

function readAll(tokens: string[], line: unknown): boolean {
  let found = readTerm(tokens, line);
  while (tokens[0] === "&&") {
    tokens.shift();
    found = readTerm(tokens, line) && found;
  }
  return found;
}

function readTerm(tokens: string[], line: unknown): boolean {
  const first = tokens.shift();
  if (first === "(") {
    const found = readAny(tokens, line);
    if (tokens.shift() !== ")") throw new Error("A parenthesis is not closed");
    return found;
  }
  const [operator, quoted] = [tokens.shift(), tokens.shift()];
  if (first === undefined || !quoted?.startsWith('"') || (operator !== "=" && operator !== "!=")) {
    throw new Error(`${first} ${operator} ${quoted} is no comparison`);
  }
  const value = valueAt(line, first.split(".").slice(1));
  if (value === undefined) return false;
  return matches(quoted.slice(1, -1), String(value)) === (operator === "=");
}

function valueAt(line: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
    line,
  );
}

function matches(wanted: string, value: string): boolean {
  const pieces = wanted.split("*").map((piece) => piece.replaceAll(/[.?+^$[\]\\(){}|-]/g, "\\$&"));
  return new RegExp(`^${pieces.join(".*")}$`).test(value);
}
