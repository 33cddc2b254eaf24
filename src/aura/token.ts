/**
 * The access token: fetched once for any number of callers, kept, and renewed before it ends.
 *
 * What callers share is plain data, not a promise: on Workers a promise that another request made never settles once that request is
 * gone. So a caller that finds a fetch under way looks again in short steps, by its own timer, and takes over when the mark is stale.
 *
 * @see https://neo4j.com/docs/aura/platform/api/authentication/
 * @module
 */
import { type Call, retryDelayMs, sleepFor, waitFor } from "./call.ts";
import { apiError, send } from "./send.ts";
import { isToken, readToken, type Settings } from "./settings.ts";

const STEP_MS = 50;
/** The API's tokens last an hour; they are renewed this much early. */
const MARGIN_MS = 300_000;
/** Between tries to renew a token that still works. */
const PATIENCE_MS = 30_000;
/** How often a leader says that it is alive, and after how long a silence it counts as dead. */
const BEAT_MS = 1_000;
const DEAD_AFTER_MS = 3_000;

/** Where calls get their token from. */
export interface Tokens {
  /** A token that should work. @throws {AuraApiError} when signing in is refused */
  get(call: Call): Promise<string>;
  /** The API did not accept this token. Answers whether asking for another makes sense. */
  reject(token: string): boolean;
}

/** Makes the source of tokens; nothing is fetched before the first `get()`. */
export function createTokens(settings: Settings): Tokens {
  const { token } = settings;
  if (token === undefined) return fetchedTokens(settings);
  return {
    get: async () => readToken(typeof token === "string" ? token : await token()),
    reject: () => typeof token !== "string",
  };
}

function fetchedTokens(settings: Settings): Tokens {
  const { clock, tokenUrl, id, secret } = settings;
  const state = {
    token: "",
    renewAt: 0,
    endsAt: 0,
    /** Somebody is fetching, and alive, until then. */
    fetchingUntil: 0,
    /** Counts the fetches, so that a leader that was given up cannot undo the work of its successor. */
    flight: 0,
    /** Counts the fetches that failed, so that those who waited for one learn of it. */
    failures: 0,
    failure: undefined as unknown,
  };

  async function get(call: Call): Promise<string> {
    const seen = state.failures;
    for (;;) {
      const now = clock.now();
      if (now < state.renewAt) return state.token;
      if (state.failures !== seen) throw state.failure;
      if (now >= state.fetchingUntil) return await lead(call);
      // Somebody is renewing it early; there is no need to wait for that.
      if (now < state.endsAt) return state.token;
      await waitFor("the access token", STEP_MS, call, clock);
    }
  }

  async function lead(call: Call): Promise<string> {
    const flight = ++state.flight;
    const isMine = (): boolean => state.flight === flight;
    const done = new AbortController();
    void beat(isMine, done.signal);
    const works = (): boolean => clock.now() < state.endsAt;
    try {
      const { token, lifetimeMs, askedAt } = await fetchToken(call, works() ? 3 : 1);
      if (isMine()) {
        state.token = token;
        state.endsAt = askedAt + lifetimeMs;
        state.renewAt = state.endsAt - Math.min(MARGIN_MS, lifetimeMs / 2);
      }
      return token;
    } catch (error) {
      if (call.signal?.aborted) throw error;
      if (works()) {
        if (isMine()) state.renewAt = Math.min(clock.now() + PATIENCE_MS, state.endsAt);
        return state.token;
      }
      if (isMine()) {
        state.failures++;
        state.failure = error;
      }
      throw error;
    } finally {
      done.abort();
      if (isMine()) state.fetchingUntil = 0;
    }
  }

  /** Marks the fetch as under way until it is done; the timer of a request that died marks nothing any more. */
  async function beat(isMine: () => boolean, signal: AbortSignal): Promise<void> {
    while (isMine() && !signal.aborted) {
      state.fetchingUntil = clock.now() + DEAD_AFTER_MS;
      await clock.sleep(BEAT_MS, { signal, background: true }).catch(() => {});
    }
  }

  /** Signing in twice does no harm, so it is tried like a GET, whatever the call is that needs it. */
  async function fetchToken(caller: Call, firstTry: number): Promise<FetchedToken> {
    const call = {
      ...caller,
      action: "sign in to Aura",
      method: "POST",
      url: tokenUrl,
      safe: true,
      signIn: true,
    };
    const basic = btoa(String.fromCharCode(...new TextEncoder().encode(`${id}:${secret}`)));
    const outgoing = {
      authorization: "Basic " + basic,
      body: "grant_type=client_credentials",
      secrets: [basic, secret],
    };
    for (let tries = firstTry;; tries++) {
      const askedAt = clock.now();
      try {
        const answer = await send(call, outgoing, settings);
        const { access_token: token, expires_in: seconds } = answer.json ?? {};
        if (!isToken(token)) throw apiError(call, answer, [{ message: "the answer has no token" }]);
        return {
          token,
          askedAt,
          lifetimeMs: (Number(seconds) > 0 ? Number(seconds) : 3600) * 1000,
        };
      } catch (error) {
        const ms = retryDelayMs(error, tries, call, clock.now());
        await sleepFor(ms, call, clock);
      }
    }
  }

  return {
    get,
    reject(token) {
      // Another call may have found out before and have a new one already.
      if (token === state.token) state.renewAt = state.endsAt = 0;
      return true;
    },
  };
}

interface FetchedToken {
  readonly token: string;
  readonly lifetimeMs: number;
  readonly askedAt: number;
}
