/**
 * Serves an app on a free port of this machine, by the runtime's own server.
 *
 * @module
 */

/** A server that runs. */
export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

type Handler = (request: Request, env?: unknown) => Response | Promise<Response>;

/** What this file uses of the runtimes' servers. */
interface Runtimes {
  readonly Bun?: {
    serve(
      options: { hostname: string; port: number; fetch: Handler },
    ): { port: number; stop(force: boolean): Promise<void> };
  };
  readonly Deno?: {
    serve(
      options: { hostname: string; port: number; onListen: () => void },
      handler: (request: Request) => Response | Promise<Response>,
    ): { addr: { port: number }; shutdown(): Promise<void> };
  };
}

/** Starts the server. */
export function serve(fetch: Handler): Served {
  const { Bun, Deno } = globalThis as Runtimes;
  const hostname = "127.0.0.1";
  if (Bun) {
    // The second argument is Bun's server: with it as `env`, wake() can raise a held request's idle limit.
    const server = Bun.serve({ hostname, port: 0, fetch });
    return { url: `http://${hostname}:${server.port}`, stop: () => server.stop(true) };
  }
  if (!Deno) throw new Error("Cannot serve: neither Bun nor Deno runs this");
  const server = Deno.serve(
    { hostname, port: 0, onListen: () => {} },
    (request) => fetch(request),
  );
  return { url: `http://${hostname}:${server.addr.port}`, stop: () => server.shutdown() };
}
