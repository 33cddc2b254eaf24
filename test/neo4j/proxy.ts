import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy that fails on demand. */
export interface Proxy {
  readonly port: number;
  /** Called with what a client sends; true cuts the connection instead of passing it on. */
  cut: (bytes: Uint8Array) => boolean;
  /** Takes everything and passes nothing on, in either direction. */
  silent: boolean;
  /** Connections accepted so far. */
  accepted: number;
  /** Connections open now. */
  open(): number;
  close(): Promise<void>;
}

/** Stands in front of a local port. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    proxy.accepted++;
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      socket.on("error", () => {});
    }
    sockets.add(client);
    client.on("close", () => {
      sockets.delete(client);
      upstream.destroy();
    });
    upstream.on("close", () => proxy.silent || client.destroy());
    client.on("data", (bytes) => {
      if (proxy.silent) return;
      if (proxy.cut(bytes)) client.destroy();
      else upstream.write(bytes);
    });
    upstream.on("data", (bytes) => proxy.silent || client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: Proxy = {
    port: (server.address() as { port: number }).port,
    cut: () => false,
    silent: false,
    accepted: 0,
    open: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

/** Whether the bytes hold a Bolt message of this kind. */
export function holdsMessage(bytes: Uint8Array, signature: number): boolean {
  return bytes.some((byte, at) => (byte & 0xf0) === 0xb0 && bytes[at + 1] === signature);
}

/** The signature of BEGIN. */
export const BEGIN = 0x11;

/** The signature of RUN. */
export const RUN = 0x10;
/** The signature of COMMIT. */
export const COMMIT = 0x12;
