/**
 * Who wants to hear when a resource is another one.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/resources#subscriptions
 * @module
 */
import type { Wire } from "../wire.ts";
import { findResource, readResource } from "./read-resource.ts";
import type { ServerCore } from "./server-core.ts";

/** Of one session. */
export interface Subscriptions {
  onChange(listener: (uri: string) => Promise<void>): void;
  /** False when there is no such resource for this caller. @throws {Error} in words that may be shown */
  subscribe(core: ServerCore, uri: string, wire: Wire): Promise<boolean>;
  unsubscribe(uri: string): void;
  /** A resource is another one now: those who subscribed to it are told, in every session. */
  changed(uri: string): void;
  close(): void;
}

/** In one session: each may cost requests. */
const MOST = 50;

/** One resource that is watched, again and again. */
interface Watch {
  /** This server has changed it: what rested may be on its way now. */
  again(): void;
  end(): void;
}

/** What all sessions of one server share: a change that one makes, the others hear of. */
export class Hub {
  readonly #sessions = new Set<(uri: string) => void>();

  /** Makes the subscriptions of a session. */
  open(): Subscriptions {
    const sessions = this.#sessions;
    const watches = new Map<string, Watch>();
    /** What is being read before it is watched. */
    const begun = new Set<{ readonly uri: string; isWanted: boolean }>();
    let isClosed = false;
    let listener: ((uri: string) => Promise<void>) | undefined;
    const tell = (uri: string): void => {
      if (watches.has(uri)) listener?.(uri).catch(() => {});
    };
    const changedBySomebody = (uri: string): void => {
      tell(uri);
      watches.get(uri)?.again();
    };
    sessions.add(changedBySomebody);
    return {
      onChange: (wanted) => void (listener = wanted),
      async subscribe(core, uri, wire) {
        if (watches.has(uri)) return true;
        // Nobody may learn by a subscription when things change that are not theirs to read.
        const wish = { uri, isWanted: true };
        begun.add(wish);
        try {
          if (await readResource(core, uri, wire) === undefined) return false;
        } finally {
          begun.delete(wish);
        }
        // All this may have happened while it was read.
        if (!wish.isWanted || isClosed || watches.has(uri)) return true;
        if (watches.size >= MOST) {
          throw new Error(
            `Cannot subscribe: ${MOST} resources are subscribed to in this session; next: unsubscribe from one`,
          );
        }
        watches.set(uri, openWatch(core, uri, wire, () => tell(uri)));
        return true;
      },
      unsubscribe(uri) {
        for (const wish of begun) if (wish.uri === uri) wish.isWanted = false;
        watches.get(uri)?.end();
        watches.delete(uri);
      },
      changed: (uri) => sessions.forEach((session) => session(uri)),
      close() {
        isClosed = true;
        sessions.delete(changedBySomebody);
        watches.forEach((watch) => watch.end());
        watches.clear();
      },
    };
  }
}

function openWatch(core: ServerCore, uri: string, wire: Wire, onChange: () => void): Watch {
  const over = new AbortController();
  let isRunning = false;
  let isWantedAgain = false;

  async function run(justChanged: boolean): Promise<void> {
    isRunning = true;
    const { resource, variables = {} } = findResource(await core.resources(), uri) ?? {};
    for (let changed = justChanged; resource?.watch !== undefined; changed = true) {
      isWantedAgain = false;
      const { call, close } = await core.open({ ...wire, signal: over.signal });
      // Whatever ends it, what was opened for it ends too; nobody waits to hear why.
      await resource.watch(call, variables, { onChange, justChanged: changed }).catch(() => {});
      await close();
      if (!isWantedAgain || over.signal.aborted) break;
    }
    isRunning = false;
  }

  void run(false);
  return {
    again() {
      if (isRunning) isWantedAgain = true;
      else void run(true);
    },
    end: () => over.abort(),
  };
}
