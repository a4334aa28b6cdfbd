/** Addresses of the pages: everything that is chosen stands in them, so that a page can be kept and shared. */

/** The query of an address. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * A path with parameters; those without a value are left out.
 * @param changes parameters that replace those of the same name
 */
export function address(path: string, parameters: Parameters = {}, changes: Parameters = {}): string {
  const chosen = Object.entries({ ...parameters, ...changes }).filter(([, value]) => value !== "");
  const query = new URLSearchParams(chosen).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** The page of a metric. */
export function metricAddress(id: string, parameters: Parameters = {}): string {
  return address(`/metrics/${id}`, parameters);
}

/** The page of a customer. */
export function customerAddress(customerId: string): string {
  return address("/customers", { customerId });
}

/**
 * Where to go on after signing in: a page of this site, whatever was asked for.
 * @param wanted a path with parameters
 */
export function safeReturn(wanted: string | undefined): string {
  if (wanted === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes("\\")) return "/";
  return wanted;
}
