/**
 * A database that sleeps, the Aura that knows it, and a clock that runs as fast as nobody has anything to do.
 */
import { setImmediate } from "node:timers";
import type { Instance, WakeApi } from "../../src/aura/instance.ts";
import type { Clock, SleepOptions } from "../../src/clock.ts";
import { createWaker } from "../../src/wake/create-waker.ts";
import type { WakeEvent } from "../../src/wake/events.ts";
import type { Waker, WakerOptions } from "../../src/wake/waker.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that jumps to the next sleeper whenever the process is idle. */
export function eagerClock(): Clock {
  const sleepers = new Set<Sleeper>();
  let now = 1_000_000;
  let isRunning = false;

  function tick(): void {
    const due = Math.min(...[...sleepers].map(({ at }) => at));
    now = Math.max(now, due);
    for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
    isRunning = sleepers.size > 0;
    if (isRunning) setImmediate(tick);
  }

  return {
    now: () => now,
    sleep: (ms: number, { signal }: SleepOptions = {}) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          if (signal?.aborted) reject(signal.reason);
          else resolve();
        }
        signal?.addEventListener("abort", wake, { once: true });
        sleepers.add(sleeper);
        if (!isRunning) setImmediate(tick);
        isRunning = true;
      }),
  };
}

/** What a driver throws for a name that is gone. */
export function nameGone(): Error {
  return Object.assign(
    new Error(
      "Failed to connect to server. Caused by: getaddrinfo ENOTFOUND a1b2c3d4.databases.neo4j.io",
    ),
    { code: "ServiceUnavailable", name: "Neo4jError" },
  );
}

/** What a driver throws when the connection broke while the query was under way. */
export function connectionClosed(): Error {
  return Object.assign(new Error("Connection was closed by server"), {
    code: "ServiceUnavailable",
    name: "Neo4jError",
  });
}

export interface SleepyOptions extends Partial<WakerOptions> {
  /** @default 5_000 */
  readonly resumeMs?: number;
  /** @default "paused" */
  readonly status?: string;
  readonly onResume?: () => void;
}

/** A database and its waker. */
export interface Sleepy {
  readonly clock: Clock;
  readonly waker: Waker;
  readonly events: WakeEvent[];
  readonly calls: { get: number; resume: number; query: number };
  /** A bare driver call. */
  query(): Promise<string>;
  /** Puts it to sleep. */
  pause(): void;
  /** What the API says, from now on. */
  say(status: string): void;
  /** Lets the waker find out that it sleeps, and leaves it waking. */
  findAsleep(): Promise<void>;
}

/** A database that is paused, and wakes `resumeMs` after it was asked to. */
export function sleepy(options: SleepyOptions = {}): Sleepy {
  const { resumeMs = 5_000, onResume, ...waking } = options;
  const clock = eagerClock();
  const events: WakeEvent[] = [];
  const calls = { get: 0, resume: 0, query: 0 };
  let status = options.status ?? "paused";
  let readyAt = Infinity;

  function settle(): void {
    if (clock.now() < readyAt) return;
    status = "running";
    readyAt = Infinity;
  }

  function instance(): Instance {
    settle();
    return {
      id: "a1b2c3d4",
      name: "test",
      tenant_id: "t",
      cloud_provider: "gcp",
      connection_url: null,
      status,
    };
  }

  const aura: WakeApi = {
    instances: {
      get: () => {
        calls.get++;
        return Promise.resolve(instance());
      },
      resume: () => {
        calls.resume++;
        onResume?.();
        if (status === "paused") {
          status = "resuming";
          readyAt = clock.now() + resumeMs;
        }
        return Promise.resolve(instance());
      },
    },
  };

  function query(): Promise<string> {
    calls.query++;
    settle();
    return status === "running" ? Promise.resolve("The Matrix") : Promise.reject(nameGone());
  }

  const waker = createWaker({
    aura,
    instanceId: "a1b2c3d4",
    host: "a1b2c3d4.databases.neo4j.io",
    probe: query,
    clock,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...waking,
  });

  return {
    clock,
    waker,
    events,
    calls,
    query,
    pause(): void {
      status = "paused";
      readyAt = Infinity;
    },
    say(next): void {
      status = next;
      readyAt = Infinity;
    },
    async findAsleep(): Promise<void> {
      await waker.run(query, { waitMs: 1_000 }).catch(() => undefined);
      if (waker.state !== "waking") throw new Error(`Cannot go on: state is ${waker.state}`);
    },
  };
}
