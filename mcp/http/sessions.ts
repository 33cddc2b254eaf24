/**
 * The sessions of all callers: as many as are allowed, each for its own caller, none for longer than it is used.
 *
 * @module
 */
import type { HttpCaller } from "./caller-of.ts";
import type { SessionEnd } from "./metrics.ts";
import { type Checked, refuse, retryAfter, RPC } from "./rpc-error.ts";
import { Session } from "./session.ts";
import type { HttpSettings } from "./settings.ts";

const SWEEP_MS = 60_000;
const RETRY_MS = 30_000;

/** All sessions of a server. */
export class Sessions {
  readonly #settings: HttpSettings;
  readonly #open = new Map<string, Session>();
  readonly #closed = new AbortController();
  #isSweeping = false;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether a request of any of them has no answer yet. */
  get isBusy(): boolean {
    return [...this.#open.values()].some((session) => session.isBusy);
  }

  /** The session with this id, if it is this caller's: an id alone is no proof of anything. */
  find(id: string, owner: string): Session | undefined {
    const session = this.#open.get(id);
    return session?.caller.owner === owner ? session : undefined;
  }

  /** Opens one for a caller. @throws what the server cannot be made with */
  async open(caller: HttpCaller): Promise<Checked<Session>> {
    const { maxSessions, metrics } = this.#settings;
    while (this.#open.size >= maxSessions) {
      const idlest = this.#idlest();
      if (idlest === undefined) {
        return refuse(
          503,
          RPC.refused,
          `Cannot open a session: all ${maxSessions} are busy; try again`,
          retryAfter(RETRY_MS),
        );
      }
      // Not waited for: what it still has to close must not hold up the newcomer.
      void this.end(idlest, "evicted");
    }
    const id = crypto.randomUUID();
    const session = new Session(id, caller, this.#settings, () => {
      void this.end(session, "client");
    });
    // In its place before anything is waited for, so that a crowd cannot pass the limit together.
    this.#open.set(id, session);
    metrics.sessionOpened();
    try {
      await session.start();
    } catch (error) {
      await this.end(session, "failed");
      throw error;
    }
    // It may have been ended while it was made.
    if (this.#closed.signal.aborted || !this.#open.has(id)) {
      await session.close();
      return refuse(503, RPC.refused, "Cannot open a session: try again", retryAfter(1_000));
    }
    if (!this.#isSweeping) void this.#sweep();
    return { value: session };
  }

  /** Closes one. Never rejects. */
  async end(session: Session, reason: SessionEnd): Promise<void> {
    if (this.#open.delete(session.id)) this.#settings.metrics.sessionEnded(reason);
    try {
      await session.close();
    } catch (error) {
      this.#settings.log(`Cannot close a session in order: ${(error as Error).name}`);
    }
  }

  /** Closes all. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([...this.#open.values()].map((session) => this.end(session, "shutdown")));
  }

  /** The longest idle one of whoever has the most: one caller cannot push out all others. */
  #idlest(): Session | undefined {
    const counts = new Map<string, number>();
    for (const { caller: { owner } } of this.#open.values()) {
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    const countOf = (session: Session): number => counts.get(session.caller.owner) ?? 0;
    let idlest: Session | undefined;
    for (const session of this.#open.values()) {
      if (session.isBusy) continue;
      const isBefore = idlest === undefined || countOf(session) > countOf(idlest) ||
        (countOf(session) === countOf(idlest) && session.usedAt < idlest.usedAt);
      if (isBefore) idlest = session;
    }
    return idlest;
  }

  /** Runs while there are sessions, and keeps no process alive. */
  async #sweep(): Promise<void> {
    const { clock, sessionIdleMs } = this.#settings;
    this.#isSweeping = true;
    try {
      while (this.#open.size > 0) {
        await clock.sleep(Math.min(SWEEP_MS, sessionIdleMs), {
          signal: this.#closed.signal,
          background: true,
        });
        for (const session of [...this.#open.values()]) {
          session.prune();
          const { idleSince } = session;
          if (idleSince !== undefined && clock.now() - idleSince >= sessionIdleMs) {
            void this.end(session, "idle");
          }
        }
      }
    } catch {
      // Closed.
    } finally {
      this.#isSweeping = false;
    }
  }
}
