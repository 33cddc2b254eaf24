/**
 * Workers in workerd, each in an isolate of its own.
 *
 * @module
 */
import type { Readable } from "node:stream";

/** What to run. */
export interface WorkersOptions {
  readonly code: string;
  /** What `c.env` holds. */
  readonly bindings?: Readonly<Record<string, string>>;
  /** Where everything goes that the workers fetch: `host:port`. */
  readonly outbound: string;
  /** How many isolates run the same code; the n-th serves the host `worker-<n>.example`. @default 1 */
  readonly isolates?: number;
}

/** A running workerd. */
export interface Workers extends AsyncDisposable {
  readonly url: string;
  /** Fires a Cron Trigger, and says how it ended. */
  cron(schedule: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts workerd, with Web APIs alone: no Node compatibility. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { code, bindings = {}, outbound, isolates = 1 } = options;
  // Only where it is used: it is large, and the other runner does without.
  const { Miniflare } = await import("miniflare");
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    handleRuntimeStdio(output: Readable, errors: Readable) {
      output.resume();
      errors.resume();
    },
    workers: Array.from({ length: isolates }, (_, at) => ({
      name: `worker-${at}`,
      routes: [`worker-${at}.example/*`],
      compatibilityDate: "2026-04-01",
      modules: [{ type: "ESModule" as const, path: "app.js", contents: code }],
      bindings: { ...bindings },
      outboundService: { external: { address: outbound, http: {} } },
    })),
  });

  async function cron(schedule: string): Promise<string> {
    // Its type stands in a package of Cloudflare's own.
    const worker = await miniflare.getWorker() as unknown as {
      scheduled(options: { cron: string }): Promise<{ readonly outcome: string }>;
    };
    return (await worker.scheduled({ cron: schedule })).outcome;
  }

  async function close(): Promise<void> {
    await miniflare.dispose();
  }

  try {
    const { origin } = await miniflare.ready;
    return { url: origin, cron, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
