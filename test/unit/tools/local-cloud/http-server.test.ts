import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, it } from "vitest";
import { HttpServer } from "../../../../lib/tools/local-cloud/http/http-server.ts";
import { eventually } from "../../../fixtures/local/eventually.ts";

let server: HttpServer;
let port: number;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = new HttpServer(100);
  port = Number(new URL(await server.listen(0)).port);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close(0);
});

/** Opens connections that send something and then neither send more nor close, whatever they are answered. */
async function open(count: number, sends: string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
      .on("error", () => {})
      .resume();
    sockets.push(socket);
    await once(socket, "connect");
    socket.write(sends);
  }
}

describe("clients that never end their request are let go, and their connections freed", () => {
  it.each([
    ["half a head", "GET /v1/metrics HTTP/1.1\r\nHost: x\r\nAuthor"],
    ["a head that is too long", `GET / HTTP/1.1\r\nHost: x\r\nLong: ${"x".repeat(50_000)}`],
    ["something else than HTTP", "hello?"],
    ["nothing at all", ""],
  ])("%s", async (_, sends) => {
    await open(60, sends);
    await eventually(() => server.connections).toBe(0);
  });
});
