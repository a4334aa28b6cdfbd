import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** To which addresses deliveries may go: whoever names an address must not reach what only this service can reach. */

/**
 * Whether an address belongs to the public internet: no private, loopback, link-local (and so no metadata service), shared, multicast, reserved or
 * test address, and none of IPv6 that stands for one of IPv4 (IANA's special-purpose address registries).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  // Of IPv6 only 2000::/3 is assigned to the public: what else there is, the old forms of IPv4 included, is nothing to connect to.
  const isAssigned = parsed instanceof ipaddr.IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
  return isAssigned && parsed.range() === "unicast";
}

/** Whether an address is of this machine. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === "loopback";
}

/** Which addresses a delivery may connect to. @param isLocal whether the local cloud runs, where a receiver is on the same machine */
export function mayConnectTo(address: string, isLocal: boolean): boolean {
  return isPublicAddress(address) || (isLocal && isLoopback(address));
}

/** The address that a host of a URL is by itself; `undefined` for a name. */
export function literalAddress(hostname: string): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(address) === 0 ? undefined : address;
}

/**
 * Why deliveries cannot go to a URL.
 * @param isLocal whether the local cloud runs: then `http` to this machine is taken as well
 */
export function urlProblem(text: string, isLocal: boolean): string | undefined {
  const url = URL.parse(text);
  if (!url || url.hostname === "") return "must be an address that begins with https://";
  const { protocol, hostname } = url;
  const address = literalAddress(hostname);
  const isHere = hostname === "localhost" || (address !== undefined && isLoopback(address));
  if (protocol !== "https:" && !(protocol === "http:" && isLocal && isHere)) {
    return "must be an address that begins with https://";
  }
  if (url.username !== "" || url.password !== "") return "must not have a user name or a password";
  if (url.hash !== "") return "must not have a fragment";
  if (isHere && isLocal) return undefined;
  const isReachable = address === undefined ? !isHere : isPublicAddress(address);
  return isReachable ? undefined : "must be an address of the public internet";
}
