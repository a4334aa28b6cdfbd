import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isLoopback,
  isPublicAddress,
  mayConnectTo,
  urlProblem,
} from "../../../../lib/domain/webhooks/addresses.ts";

describe("an address of the public internet", () => {
  it.each([
    "93.184.215.14",
    "8.8.8.8",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "169.253.255.255",
    "192.167.255.255",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
  ])("%s can be connected to", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("nothing else can be connected to", () => {
  it.each([
    [
      "private",
      ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
    ],
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1"]],
    ["unspecified", ["0.0.0.0", "0.1.2.3", "::"]],
    ["link-local", ["169.254.0.1", "fe80::1", "fe80::1%eth0", "febf::1"]],
    ["metadata service", ["169.254.169.254", "169.254.170.2", "fd00:ec2::254"]],
    ["shared by carriers", ["100.64.0.1", "100.127.255.255"]],
    ["multicast or broadcast", ["224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1", "ff0e::1"]],
    [
      "reserved or for tests",
      [
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "240.0.0.1",
        "2001:db8::1",
        "100::1",
        "5f00::1",
        "3fff::1",
      ],
    ],
    ["unique local or site-local", ["fc00::1", "fdff::1", "fec0::1"]],
    ["IPv4 mapped into IPv6", ["::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a9fe:a9fe"]],
    ["IPv4 compatible with IPv6", ["::10.0.0.1", "::8.8.8.8"]],
    ["IPv4 translated (RFC 6145)", ["::ffff:0:10.0.0.1"]],
    ["NAT64", ["64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"]],
    ["6to4", ["2002:a00:1::1", "2002:7f00:1::", "192.88.99.1"]],
    ["Teredo", ["2001:0:4136:e378:8000:63bf:3fff:fdd2"]],
    [
      "no address",
      ["", "localhost", "10.1", "0x7f000001", "2130706433", "127.1", "1.2.3.4.5", "example.com"],
    ],
  ])("%s", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it("in whichever form of IPv6 an address of IPv4 is written", () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.constantFrom("::ffff:", "::", "64:ff9b::", "::ffff:0:"),
        (address, prefix) => {
          expect(isPublicAddress(prefix + address)).toBe(false);
        },
      ),
    );
  });
});

it("this machine can be connected to where the local cloud runs, and nothing else beside the public internet", () => {
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1"].map(isLoopback)).toEqual([true, true, true]);
  expect(mayConnectTo("127.0.0.1", true)).toBe(true);
  expect(mayConnectTo("127.0.0.1", false)).toBe(false);
  expect(mayConnectTo("10.0.0.1", true)).toBe(false);
  expect(mayConnectTo("8.8.8.8", false)).toBe(true);
});

describe("a URL is refused", () => {
  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "example.com",
    "https://",
    "https://user:word@example.com/",
    "https://example.com/#part",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:169.254.169.254]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "http://127.0.0.1:8080/",
    "file:///etc/passwd",
  ])("%s", (url) => {
    expect(urlProblem(url, false)).toBeTypeOf("string");
  });

  it.each(["http://example.com/", "https://10.0.0.1/", "http://10.0.0.1/", "http://[fd00:ec2::254]/"])(
    "%s, also where the local cloud runs",
    (url) => {
      expect(urlProblem(url, true)).toBeTypeOf("string");
    },
  );
});

it.each(["https://example.com/hooks?token=1", "https://example.com:8443/", "https://8.8.8.8/"])(
  "%s is taken as a URL",
  (url) => {
    expect(urlProblem(url, false)).toBeUndefined();
  },
);

it.each(["http://127.0.0.1:8080/", "http://localhost:1/", "http://[::1]:1/"])(
  "%s is taken as a URL where the local cloud runs",
  (url) => {
    expect(urlProblem(url, true)).toBeUndefined();
  },
);
