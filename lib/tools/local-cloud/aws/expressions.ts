/** As much of DynamoDB's expression language as the gateway has to understand. */

type AttributeNames = Readonly<Record<string, string>> | undefined;

/**
 * The document paths that an update expression writes to, with placeholders for names filled in.
 * @param expression for example `SET #a = :b, c.d = c.d + :e REMOVE f`
 * @param names what the placeholders stand for
 */
export function updatedPaths(expression: string, names: AttributeNames): string[] {
  // A clause's keyword is a reserved word, so that as an attribute's name it only comes as a placeholder.
  const clauses = expression.split(/(?<![\w#:.])(?:SET|REMOVE|ADD|DELETE)\s/i).slice(1);
  return clauses.flatMap(splitActions).flatMap((action) => {
    const [, path] = /^\s*([^\s=]+)/.exec(action) ?? [];
    return path === undefined ? [] : [withNames(path, names)];
  });
}

/**
 * The change of an attribute by an update expression.
 * @returns the placeholder of the value that it is set to, for example `:v`; `removed`; undefined where it is left alone or the
 *   value is not one of a placeholder
 */
export function changeOf(expression: string, attribute: string, names: AttributeNames): string | undefined {
  const clauses = expression.split(/(?<![\w#:.])(?=(?:SET|REMOVE|ADD|DELETE)\s)/i);
  for (const clause of clauses) {
    const [, keyword = "", actions = ""] = /^\s*(SET|REMOVE)\s(.*)$/is.exec(clause) ?? [];
    for (const action of splitActions(actions)) {
      const [, path = "", value] = /^\s*([^\s=]+)\s*(?:=\s*(:\w+)\s*)?$/.exec(action) ?? [];
      if (withNames(path, names) === attribute) return keyword.toUpperCase() === "REMOVE" ? "removed" : value;
    }
  }
  return undefined;
}

/**
 * The placeholder of the value to which a key condition sets the partition key.
 * @param expression for example `pk = :p AND begins_with(sk, :s)`
 * @returns for example `:p`; undefined where the condition does not name the key
 */
export function partitionValue(expression: string, key: string, names: AttributeNames): string | undefined {
  for (const [, name = "", value] of expression.matchAll(/([\w#.-]+)\s*=\s*(:\w+)/g)) {
    if (withNames(name, names) === key) return value;
  }
  return undefined;
}

/** Splits a clause at its commas, except those between the arguments of a function. */
function splitActions(clause: string): string[] {
  const actions: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < clause.length; index++) {
    if (clause[index] === "(") depth++;
    else if (clause[index] === ")") depth--;
    else if (clause[index] === "," && depth === 0) {
      actions.push(clause.slice(start, index));
      start = index + 1;
    }
  }
  return [...actions, clause.slice(start)];
}

function withNames(path: string, names: AttributeNames): string {
  return path.replaceAll(/#\w+/g, (placeholder) => names?.[placeholder] ?? placeholder);
}
