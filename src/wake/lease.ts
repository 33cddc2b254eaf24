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
  keep(): unknown;
  /** Tells the other processes what Aura said. */
  share(status: string): Promise<void>;
  /** What the present holder last wrote, if it is still fresh; what an earlier one wrote is history. */
  shared(): Promise<string | undefined>;
  /** Lets another process try, when this one cannot reach Aura. */
  yield(): Promise<void>;
  /** Counts one wake of this day, unless the limit is reached. Answers whether it may begin. */
  countWake(limit: number): Promise<boolean>;
  release(): Promise<void>;
}

/** The lease where there is no store, and so nobody to share with. */
export function aloneLease(clock: Clock): Lease {
  let wakes: number[] = [];
  function nothing(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  return {
    hold: () => Promise.resolve(true),
    keep: nothing,
    share: nothing,
    shared: nothing,
    yield: nothing,
    release: nothing,
    countWake(limit): Promise<boolean> {
      const now = clock.now();
      wakes = wakes.filter((at) => now - at < DAY_MS);
      return Promise.resolve(wakes.length < limit && wakes.push(now) > 0);
    },
  };
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
  let holdAfter = 0;

  async function hold(): Promise<boolean> {
    if (clock.now() < renewAt) return true;
    if (clock.now() < holdAfter) return false;
    const options = { ttlMs: LEASE_MS };
    const taken = await store.compareAndSet(leaseKey, undefined, id, options) ||
      await store.compareAndSet(leaseKey, id, id, options);
    if (taken) renewAt = clock.now() + LEASE_MS / 3;
    return taken;
  }

  async function shared(): Promise<string | undefined> {
    const [holder, written = ""] = [await store.get(leaseKey), await store.get(statusKey)];
    return holder && written.startsWith(`${holder} `)
      ? written.slice(holder.length + 1)
      : undefined;
  }

  async function release(): Promise<void> {
    if (renewAt === 0) return;
    renewAt = 0;
    await within(() => store.compareAndSet(leaseKey, id, undefined), false);
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
      if (renewAt === 0 || clock.now() < renewAt) return;
      const options = { ttlMs: LEASE_MS };
      renewAt = clock.now() + LEASE_MS / 3; // one renewal at a time, however slow the store
      void within(() => store.compareAndSet(leaseKey, id, id, options), true);
    },
    share: (status) =>
      within(() => store.set(statusKey, `${id} ${status}`, { ttlMs: 2 * LEASE_MS }), undefined),
    shared: () => within(shared, undefined),
    countWake: (limit) => within(() => countWake(limit), true),
    release,
    async yield(): Promise<void> {
      holdAfter = clock.now() + LEASE_MS;
      await release();
    },
  };
}

/** A store that throws instead of rejecting must not stop a wake either. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T> {
  return await ask();
}
