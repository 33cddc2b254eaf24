/**
 * The server's mode, enforced once more where requests leave: a tool that should not be there changes nothing all the same. And a
 * record of what a call has changed, since its error must say so.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { classify, markReached } from "../../src/wake/classify.ts";
import { type Access, allows, type Mode, modeText } from "../mode.ts";

/** A fetch that takes whole requests. */
export type RequestFetch = (request: Request) => Promise<Response>;

/** The code of the error for a request that the mode does not allow. */
export const READ_ONLY_CODE = "MCP_READ_ONLY";

/** A request that the server's mode does not allow. It has not been sent. */
export class RequestRefused extends Error {
  readonly code: typeof READ_ONLY_CODE = READ_ONLY_CODE;

  constructor(method: string, path: string, mode: Mode) {
    super(`Cannot send ${method} ${path}: the mode of this server is: ${modeText(mode)}`);
    this.name = "RequestRefused";
    // Whoever asks whether it may have arrived must hear that it has not.
    markReached(this, "no");
  }
}

/** What takes something away, or costs money for good, by the last part of its path. */
const DESTRUCTIVE = new Set(["pause", "overwrite", "restore", "upgrade"]);

/** Lets through what the mode, and that of the call, allow; everything else fails before it is sent. */
export function guardFetch(fetch: RequestFetch, most: Mode): RequestFetch {
  return async (request) => {
    const { mode: own = most } = calls.getStore() ?? {};
    // A caller may have been narrowed, and can never be widened.
    const mode = allows(most, own) ? own : most;
    if (allows(mode, accessOf(request))) return await fetch(request);
    throw new RequestRefused(request.method, pathOf(request) ?? "to an address that is none", mode);
  };
}

/** What a request of the Aura API needs. What is not known to do less is a write, and what cannot be read destroys. */
function accessOf(request: Request): Access {
  const { method } = request;
  const path = pathOf(request);
  if (method === "GET") return "read";
  if (path === undefined) return "destructive";
  if (method === "POST" && (isSignIn(request, path) || path === "/v1/instances/sizing")) {
    return "read";
  }
  if (method === "POST" && /^\/v1\/instances\/[\w-]+\/resume$/.test(path)) return "wake";
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (method === "DELETE" || DESTRUCTIVE.has(last)) return "destructive";
  return "write";
}

/** The token endpoint, wherever it is: nothing else of Aura takes a form, or the key itself. */
function isSignIn({ headers }: Request, path: string): boolean {
  return path.endsWith("/oauth/token") ||
    (headers.get("content-type") === "application/x-www-form-urlencoded" &&
      headers.get("authorization")?.startsWith("Basic ") === true);
}

/** As a server may read it: decoded, in small letters, without parameters, with no slash too many. */
function pathOf({ url }: Request): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url).pathname).toLowerCase();
    return path.replace(/;[^/]*/g, "").replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  } catch {
    return undefined;
  }
}

/** The changing requests of one call, each as `METHOD /path`. */
export interface Changes {
  /** Aura said yes. */
  readonly accepted: readonly string[];
  /** Aura said no, or nothing reached it. */
  readonly refused: readonly string[];
  /** Sent, but no answer came that says what became of it. */
  readonly unanswered: readonly string[];
}

/** The changes of a call, and what to run it in. */
export interface TrackedChanges extends Changes {
  /** What is requested in it, however deep, is recorded here. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** The same while it is being written. */
interface Recorded {
  readonly mode: Mode | undefined;
  readonly accepted: string[];
  readonly refused: string[];
  readonly unanswered: string[];
}

const calls = new AsyncLocalStorage<Recorded>();

/** Begins to record the changes of one call, which may do no more than its mode. @default what the server may do */
export function changesOf(mode?: Mode): TrackedChanges {
  const changes = { accepted: [], refused: [], unanswered: [] };
  const record: Recorded = { mode, ...changes };
  return { ...changes, run: async (work) => await calls.run(record, work) };
}

/** Records, in the call that it is used in, what changes something. */
export function recordChanges(fetch: RequestFetch): RequestFetch {
  return async (request) => {
    const record = calls.getStore();
    if (record === undefined || accessOf(request) === "read") return await fetch(request);
    request.signal.throwIfAborted();
    const { method, url } = request;
    const change = `${method} ${new URL(url).pathname}`;
    // Until there is an answer, whatever happens.
    record.unanswered.push(change);
    const settle = (into: string[]): void => {
      record.unanswered.splice(record.unanswered.indexOf(change), 1);
      into.push(change);
    };
    try {
      const response = await fetch(request);
      const { status } = response;
      if (response.ok) settle(record.accepted);
      // A proxy that did not want to wait longer (408) has passed it on.
      else if (status >= 400 && status < 500 && status !== 408) settle(record.refused);
      return response;
    } catch (error) {
      if (classify(error).reached === "no") settle(record.refused);
      throw error;
    }
  };
}
