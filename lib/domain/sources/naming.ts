/** Whether what was sent names a person: for deliveries that are kept as they came, of which nobody has read who they are about. */

/** JSON in a text in JSON, an address in an address, and so on: deeper than this nobody writes it. */
const maxNested = 3;

/** Makes a test of texts: do they name the person, as a word of their own? In capitals or not, and encoded as in an address. */
export function namingOf(customerId: string): (text: string) => boolean {
  const literal = RegExp.escape(customerId.normalize());
  // An id within a longer one is somebody else's; signs around it, as in gid://shop/Customer/17, are none of it.
  const word = new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, "iu");
  const contains = (text: string) => word.test(text.normalize());
  // Forms and addresses write a blank as a plus.
  const plain = (text: string) => (customerId.includes(" ") ? text.replaceAll("+", " ") : text);
  const isIn = (text: string, nested: number): boolean => {
    if (contains(text)) return true;
    const meant = /[%+]/.test(text) ? decoded(plain(text)) : text;
    return nested > 0 && meant !== text && isIn(meant, nested - 1);
  };
  return (text) => isIn(text, maxNested);
}

/**
 * Whether a body names the person: a text or a name in it, however JSON escapes it, also in JSON within a text, or a number. A body that is no
 * JSON is looked at as text.
 */
export function namesPerson(body: Buffer, names: (text: string) => boolean): boolean {
  return textNames(body.toString("utf8"), names, maxNested);
}

function textNames(text: string, names: (text: string) => boolean, nested: number): boolean {
  // Numbers stand there as they are: parsed, those of many digits would be others.
  if (names(text)) return true;
  const value = parsed(text);
  return value === undefined ? names(unescaped(text)) : valueNames(value, names, nested);
}

/** By a list of what is left to do: a body may be nested as deeply as it is long. */
function valueNames(root: unknown, names: (text: string) => boolean, nested: number): boolean {
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") {
      if (isNested(value) && nested > 0 ? textNames(value, names, nested - 1) : names(value)) return true;
    } else if (typeof value === "object" && value !== null) {
      for (const [name, part] of Object.entries(value)) left.push(part, name);
    }
  }
  return false;
}

function isNested(text: string): boolean {
  return /^\s*[[{"]/.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is no whole JSON can have the escapes of JSON. */
function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\[bfnrt]/g, " ")
    .replaceAll(/\\(["\\/])/g, "$1");
}

/** Signs of an address as they are meant, each by itself: one that is no text spoils no other. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (signs) => {
    return Buffer.from(signs.replaceAll("%", ""), "hex").toString("utf8");
  });
}
