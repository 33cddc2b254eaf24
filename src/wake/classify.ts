/**
 * What an error says about the database behind it: nothing here decides that an instance is paused, only whether it is worth
 * asking the Aura API. A paused instance has no error of its own: its name is gone, as it is for a deleted one or a typo.
 *
 * @module
 */

/** What an error says about the database behind it. */
export type VerdictKind = "paused-candidate" | "ambiguous" | "not-paused";

/** Whether the failing work may have reached the database. */
export type Reached = "no" | "maybe" | "yes";

/** Why the classifier answers as it does: stable words for logs and tests. */
export type VerdictReason =
  /** The caller gave up itself. */
  | "aborted"
  | "bad-url"
  /** Closed without an answer. */
  | "closed"
  /** Nobody accepted the connection in time. */
  | "connect-timeout"
  | "database-unavailable"
  /** An error of this package, which has done what could be done. */
  | "handled"
  | "http-4xx"
  | "http-5xx"
  | "leader-switch"
  /** The host does not resolve. */
  | "name-gone"
  | "no-readers"
  /** This machine has no way out. */
  | "no-route"
  /** No routing server answered, and no cause is given. */
  | "no-routers"
  | "not-bolt"
  /** The runtime hides what happened. */
  | "opaque"
  | "pool-exhausted"
  | "refused"
  | "reset"
  /** The resolver itself fails. */
  | "resolver-down"
  /** Connected, but no handshake came about in time. */
  | "silent-host"
  /** The database answered with an error of its own. */
  | "statement"
  | "timeout"
  | "tls"
  /** Closed within the TLS handshake. */
  | "tls-closed"
  | "unknown";

/** The classifier's answer. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  readonly reached: Reached;
}

/** What the classifier should know of the connection. */
export interface ClassifyOptions {
  /**
   * The host of the connection: another name that is gone says less.
   *
   * @default any name counts
   */
  readonly host?: string | undefined;
}

/** It may be a pause, and may be much else. */
const ASK = 1;
/** Nothing can have been sent yet. */
const UNSENT = 2;
/** The database itself has answered. */
const ANSWERED = 4;

/** What the text of one error of the chain means. The first that fits wins. */
const RULES: readonly (readonly [VerdictReason, number, RegExp])[] = [
  ["aborted", 0, /^AbortError/],
  ["leader-switch", ANSWERED, /longer possible to write/],
  ["tls-closed", ASK | UNSENT, /secure TLS|handshake eof|unknown.certificate.ver/i],
  // Destructuring is what fails in an older Bun when a TLS client meets a plain port.
  [
    "tls",
    UNSENT,
    /certificate|UNABLE_TO_|self.signed|wrong.version|InvalidContentType|EPROTO|ERR_SSL|SSL rout|rejectUnauth|destructur/i,
  ],
  ["not-bolt", UNSENT, /responded HTTP|Unknown Bolt/],
  ["bad-url", UNSENT, /invalid.url|parse URL|URL is invalid/i],
  ["silent-host", ASK | UNSENT, /acquisition timed out.* Active conn count = 0/],
  ["pool-exhausted", UNSENT, /acquisition timed out/],
  ["resolver-down", UNSENT, /EAI_[AF]|failure in name/],
  [
    "name-gone",
    UNSENT,
    /ENOTFOUND|service not known|No address assoc|nodename nor|No such host|error code: 1016/,
  ],
  ["refused", ASK | UNSENT, /ECONNREFUSED|connection ?refused|error 10061|FailedToOpenSocket/i],
  [
    "connect-timeout",
    ASK | UNSENT,
    /establish connection in|CONNECT_TIMEOUT|connect E(TIMED|HOSTUN)|\(Connect\).*timed out/,
  ],
  ["reset", ASK, /ECONNRESET|reset by|EPIPE|broken pipe|error 10054/i],
  [
    "closed",
    ASK,
    /closed by server|side closed|closed unexp|UND_ERR_SOCKET|hang up|before message|channel closed|end of file|connection lost|reading a body/i,
  ],
  ["timeout", ASK, /TimeoutError|ETIMEDOUT|_TIMEOUT|timed out|to timeout|didn't resp|EHOSTUN/],
  ["no-readers", ASK, /no readers|to obtain connection/],
  ["opaque", ASK, /WebSocket connection|internal error; ref/],
];

const REACHED: unique symbol = Symbol.for("aura-wake.reached") as never;

/**
 * Says of an error what its text cannot: a commit that failed may have arrived, a statement whose commit was never sent has
 * changed nothing. The object stays the same.
 */
export function markReached(error: unknown, reached: Reached): void {
  try {
    Object.defineProperty(error, REACHED, { value: reached, configurable: true });
  } catch {
    // A thrown string, or a frozen object: its text decides.
  }
}

/**
 * Says whether an error may come from a paused instance, why, and whether the failing work may have reached the database.
 * Errors are told apart by code and text alone, so any driver, runtime and wrapping library will do.
 *
 * @example
 * ```ts
 * import { classify } from "aura-wake";
 *
 * const error = new Error("getaddrinfo ENOTFOUND 1a2b3c4d.databases.neo4j.io");
 * classify(error); // { kind: "paused-candidate", reason: "name-gone", reached: "no" }
 * ```
 */
export function classify(error: unknown, options: ClassifyOptions = {}): Verdict {
  const verdict = judge(flatten(error), options.host);
  const reached = read(error, REACHED) as Reached | undefined;
  return reached ? { ...verdict, reached } : verdict;
}

function judge(chain: readonly unknown[], host: string | undefined): Verdict {
  let fallback: VerdictReason = "unknown";
  let unavailable = false;
  for (const link of chain) {
    const code = text(read(link, "code"));
    if (/^(AURA|CONFIG)_/.test(code) && code !== "AURA_QUERY") return answer("handled", 0);
    const neo = /\bNeo\.\w+\.\w+\.\w+/.exec(code + " " + message(link))?.[0];
    if (neo?.endsWith(".DatabaseUnavailable")) unavailable = true;
    else if (neo) {
      return answer(/Leader$|OnReadOnly/.test(neo) ? "leader-switch" : "statement", ANSWERED);
    }
  }
  if (unavailable) return answer("database-unavailable", ASK);

  // From the deepest cause up: what wraps it only tells what somebody made of it.
  for (const link of chain.toReversed()) {
    const said = [read(link, "name"), read(link, "code"), message(link)].map(text).join(" ");
    const status = httpStatus(link);
    if (status >= 400 && !/error code: 1016/.test(said)) {
      return status < 500
        ? answer("http-4xx", 0)
        : answer("http-5xx", /50[234]|52[0-4]|530/.test(`${status}`) ? ASK : 0);
    }
    const [reason, flags] = RULES.find(([, , pattern]) => pattern.test(said)) ?? [];
    if (reason === "name-gone") {
      return { kind: whoseName(said, chain.length, host), reason, reached: "no" };
    }
    if (reason) return answer(reason, flags!);
    // One of several addresses may have no route, so another one has the last word.
    if (/ENET|EADDRNOTAVAIL|Network is unreach/.test(said)) fallback = "no-route";
    // Older drivers keep no cause.
    if (/No routing servers/.test(said) && link === chain.at(-1)) return answer("no-routers", ASK);
  }
  return answer(fallback, 0);
}

function answer(reason: VerdictReason, flags: number): Verdict {
  return {
    kind: flags & ASK ? "ambiguous" : "not-paused",
    reason,
    reached: flags & UNSENT ? "no" : flags & ANSWERED ? "yes" : "maybe",
  };
}

/**
 * A routed member's name says less than the instance's own, and that of a stranger, such as an API that the app calls, says
 * nothing. Some runtimes do not tell which name it was.
 */
function whoseName(said: string, links: number, host: string | undefined): VerdictKind {
  const name = /(?:info ENOTFOUND |url \(\w+:\/\/)([^\s:/)]+)/.exec(said)?.[1]?.toLowerCase();
  if (name && host && name !== host.toLowerCase()) {
    return name.includes("neo4j") ? "ambiguous" : "not-paused";
  }
  if (name && host) return "paused-candidate";
  // The driver wraps what happened to a router; this error is bare when it happened to a member.
  const isOurs = links > 1 || !/SessionExpired/.test(said) ||
    name?.endsWith(".databases.neo4j.io");
  return isOurs ? "paused-candidate" : "ambiguous";
}

function httpStatus(link: unknown): number {
  // Hono's HTTPException: the app's own answer, not one of the database.
  if (read(link, "getResponse")) return 0;
  return Number(read(link, "status") ?? read(read(link, "response"), "status"));
}

/** The error and what it stems from, outermost first; safe against cycles. */
function flatten(error: unknown): unknown[] {
  const chain = [error];
  for (let at = 0; at < chain.length && at < 50; at++) {
    const link = chain[at];
    const errors = read(link, "errors");
    const inner = [read(link, "originalError"), read(link, "cause")]
      .concat(Array.isArray(errors) ? errors : []);
    chain.push(...inner.filter((next) => next && !chain.includes(next)));
  }
  return chain;
}

function read(link: unknown, key: PropertyKey): unknown {
  try {
    return (link as Record<PropertyKey, unknown> | undefined)?.[key];
  } catch {
    return undefined;
  }
}

function message(link: unknown): string {
  return typeof link === "object" ? text(read(link, "message")) : text(link);
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}
