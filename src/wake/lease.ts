/**
 * Which process asks Aura. One holds a time-limited lease and writes down what it learns; the others read that.
 *
 * A store that fails must not stop a wake: then every process asks for itself, which Aura bears (a second resume answers 409).
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";

const LEASE_MS = 10_000;
const DAY_MS = 86_400_000;
/** A store that takes longer to answer counts as one that failed. */
const STORE_MS = 1_000;

/** One process's view of the lease on an instance. */
export interface Lease {
  /** Whether this process may ask Aura now: takes the lease if it is free, renews it if it is ours. */
  hold(): Promise<boolean>;
  /** Renews the lease if it is ours and due. */
  keep(): void;
  /** Tells the other processes what Aura said. */
  share(status: string): Promise<void>;
  /** What the holder last wrote, if it is still fresh. */
  shared(): Promise<string | undefined>;
  /** Counts one wake of this day, unless the limit is reached. Answers whether it may begin. */
  countWake(limit: number): Promise<boolean>;
  release(): Promise<void>;
}

/** Opens a view of the lease; it takes nothing yet. `id` tells this process from the others. */
export function openLease(
  store: Store,
  clock: Clock,
  instanceId: string,
  id: string,
): Lease {
  const prefix = `aura-wake:${instanceId}:`;
  const leaseKey = `${prefix}lease`;
  const statusKey = `${prefix}status`;
  let renewAt = 0;

  async function hold(): Promise<boolean> {
    if (clock.now() < renewAt) return true;
    const options = { ttlMs: LEASE_MS };
    const taken = await store.compareAndSet(leaseKey, undefined, id, options) ||
      await store.compareAndSet(leaseKey, id, id, options);
    if (taken) renewAt = clock.now() + LEASE_MS / 3;
    return taken;
  }

  async function countWake(limit: number): Promise<boolean> {
    const wakes = `${prefix}wake:`;
    if ((await store.list(wakes)).length >= limit) return false;
    await store.set(`${wakes}${id}:${clock.now()}`, "", { ttlMs: DAY_MS });
    return true;
  }

  async function within<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    const done = new AbortController();
    const late = clock.sleep(STORE_MS, { signal: done.signal, background: true });
    const failed = (): T => otherwise;
    try {
      return await Promise.race([answerOf(ask).catch(failed), late.then(failed, failed)]);
    } finally {
      done.abort();
    }
  }

  return {
    hold: () => within(hold, true),
    keep(): void {
      if (renewAt !== 0 && clock.now() >= renewAt) void within(hold, true);
    },
    share: (status) =>
      within(() => store.set(statusKey, status, { ttlMs: 2 * LEASE_MS }), undefined),
    shared: () => within(() => store.get(statusKey), undefined),
    countWake: (limit) => within(() => countWake(limit), true),
    async release(): Promise<void> {
      if (renewAt === 0) return;
      renewAt = 0;
      await within(() => store.compareAndSet(leaseKey, id, undefined), false);
    },
  };
}

/** A store that throws instead of rejecting must not stop a wake either. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T> {
  return await ask();
}
