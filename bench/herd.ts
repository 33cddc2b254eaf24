/**
 * Ten thousand requests held at once.
 *
 * @module
 */
import process from "node:process";
import { ask, delay, startLocal } from "./local.ts";

/** The herd, measured. */
export interface Herd {
  readonly requests: number;
  readonly served: number;
  readonly resume_calls: number;
  readonly status_reads: number;
  readonly bytes_per_request: number;
}

/** Holds `requests` requests at once through a wake, and takes the memory while all of them wait. */
export async function herd(requests: number): Promise<Herd> {
  const local = await startLocal("paused", 8_000, { maxHeld: requests, holdMs: 120_000 });
  try {
    const first = ask(local); // finds the pause; everything after it is held
    while (local.db.waker?.state !== "waking") await delay(10);
    const before = memoryInUse();
    const responses = Array.from({ length: requests }, () => ask(local));
    await delay(2_000);
    const held = local.db.waker?.stats().waiting ?? 0;
    if (held < requests) throw new Error(`only ${held} of ${requests} are held`);
    const bytes = memoryInUse() - before;
    const statuses = (await Promise.all([first, ...responses])).slice(1).map(({ status }) =>
      status
    );
    return {
      requests,
      served: statuses.filter((status) => status === 200).length,
      resume_calls: local.emulator.requests(/\/resume$/).length,
      status_reads: local.emulator.requests(/^GET \/v1\/instances\/\w+$/).length,
      bytes_per_request: Math.round(bytes / requests),
    };
  } finally {
    await local.close();
  }
}

function memoryInUse(): number {
  (globalThis as { Bun?: { gc(force: boolean): void } }).Bun?.gc(true);
  return process.memoryUsage().heapUsed;
}
