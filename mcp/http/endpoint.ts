/**
 * The endpoint: from a request to its answer, whatever the request is.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 * @module
 */
import { allows } from "../mode.ts";
import {
  type Authenticate,
  createAuthenticate,
  type Identity,
  insufficientScope,
  scopeFor,
} from "./authenticate.ts";
import { callerOf, type HttpCaller } from "./caller-of.ts";
import { RateLimit } from "./rate-limit.ts";
import { readMessages } from "./read-messages.ts";
import { retryAfter, RPC, rpcError } from "./rpc-error.ts";
import type { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";
import type { HttpSettings } from "./settings.ts";
import { answerStateless, type OpenRequests } from "./stateless.ts";

/** Errors of whoever makes the server that are about what the caller asked for. */
const CALLERS_MISTAKES = ["CONFIG_INVALID", "USAGE", "NOT_FOUND", "AMBIGUOUS"];
const DRAIN_STEP_MS = 20;
const RETRY_MS = 5_000;

/** Answers what comes to the path of the endpoint. */
export class Endpoint {
  readonly #settings: HttpSettings;
  readonly #authenticate: Authenticate;
  readonly #rate: RateLimit;
  readonly #sessions: Sessions;
  readonly #stateless: OpenRequests = new Set();
  #answering = 0;
  #closing: Promise<void> | undefined;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
    this.#authenticate = createAuthenticate(settings);
    this.#rate = new RateLimit(settings.requestsPerMinute, settings.clock);
    this.#sessions = new Sessions(settings);
  }

  /** Open sessions. */
  get sessions(): number {
    return this.#sessions.size;
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Says who calls; for what else is behind the same token. */
  get authenticate(): Authenticate {
    return this.#authenticate;
  }

  /** Answers. Never rejects. */
  async answer(request: Request): Promise<Response> {
    this.#answering++;
    try {
      return await this.#answer(request);
    } catch (error) {
      const { name, code, message } = Object(error) as Partial<Error & { code: unknown }>;
      if (CALLERS_MISTAKES.includes(String(code))) {
        return rpcError(400, RPC.invalidParams, String(message));
      }
      // The name alone: what the text of an unknown error holds is not known.
      this.#settings.log(`Cannot answer ${request.method} ${this.#settings.path}: ${name}`);
      return rpcError(500, RPC.internal, "Internal error");
    } finally {
      this.#answering--;
    }
  }

  /** Takes nothing more, lets what runs finish for a while, and ends all sessions. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #answer(request: Request): Promise<Response> {
    const { stateless } = this.#settings;
    const allowed = stateless ? ["POST"] : ["GET", "POST", "DELETE"];
    if (!allowed.includes(request.method)) {
      const text = stateless && /^(?:GET|DELETE)$/.test(request.method)
        ? "Cannot do this without sessions: this server keeps none, so there is only POST"
        : `Cannot answer this method: there is only ${allowed.join(", ")}`;
      return rpcError(405, RPC.refused, text, { allow: allowed.join(", ") });
    }
    if (this.isClosing) return stopping();
    const identity = await this.#authenticate(request);
    if (identity.refusal) return identity.refusal;
    const caller = await callerOf(request, identity.value, this.#settings);
    if (caller.refusal) return caller.refusal;
    const limited = this.#limit(caller.value, 1);
    if (limited) return limited;
    return request.method === "POST"
      ? await this.#post(request, caller.value, identity.value)
      : await this.#inSession(
        request,
        caller.value,
        identity.value,
        (session) => request.method === "GET" ? session.get(request) : session.delete(request),
      );
  }

  async #post(request: Request, caller: HttpCaller, identity: Identity): Promise<Response> {
    const read = await readMessages(request, this.#settings);
    if (read.refusal) return read.refusal;
    const messages = read.value;
    const limited = messages.count > 1 ? this.#limit(caller, messages.count - 1) : undefined;
    if (limited) return limited;
    // It may have begun to stop while the body came.
    if (this.isClosing) return stopping();
    if (this.#settings.stateless) {
      return await answerStateless(
        request,
        messages,
        caller.caller,
        this.#settings,
        this.#stateless,
      );
    }
    if (request.headers.has("mcp-session-id") || !messages.isInitialize) {
      return await this.#inSession(
        request,
        caller,
        identity,
        (session) => session.post(request, messages),
      );
    }
    const opened = await this.#sessions.open(caller);
    if (opened.refusal) return opened.refusal;
    const session = opened.value;
    try {
      return await session.post(request, messages);
    } finally {
      // The SDK did not take it for the beginning of a session.
      if (!session.isInitialized) await this.#sessions.end(session, "failed");
    }
  }

  async #inSession(
    request: Request,
    { owner, narrowingKey }: HttpCaller,
    identity: Identity,
    work: (session: Session) => Promise<Response>,
  ): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    if (id === null) {
      return rpcError(
        400,
        RPC.refused,
        "Cannot find the session: the header Mcp-Session-Id is missing; send initialize first",
      );
    }
    const session = this.#sessions.find(id, owner);
    if (session === undefined) return rpcError(404, RPC.notFound, "Session not found");
    if (narrowingKey !== undefined && narrowingKey !== session.caller.narrowingKey) {
      return rpcError(
        400,
        RPC.invalidParams,
        "Cannot change what a session is narrowed to: leave the parameters as they were at its beginning",
      );
    }
    const { mode } = session.caller.caller.narrowing ?? {};
    const { oauth } = this.#settings;
    // A token that allows less than the one with which the session began must not get more by it.
    if (identity.mode !== undefined && mode !== undefined && !allows(identity.mode, mode)) {
      const scope = oauth && scopeFor(oauth.scopes, mode);
      return rpcError(
        403,
        RPC.refused,
        "Cannot use this session: it may do more than the token allows; begin a new one",
        { "www-authenticate": insufficientScope(request, this.#settings, scope) },
      );
    }
    return await work(session);
  }

  #limit({ owner }: HttpCaller, count: number): Response | undefined {
    const waitMs = this.#rate.take(owner, count);
    if (waitMs === 0) return undefined;
    const text = `Cannot answer: more than ${this.#settings.requestsPerMinute} requests a minute`;
    return rpcError(429, RPC.refused, text, retryAfter(waitMs));
  }

  async #close(): Promise<void> {
    const { clock, drainMs } = this.#settings;
    const until = clock.now() + drainMs;
    while (this.#isBusy() && clock.now() < until) await clock.sleep(DRAIN_STEP_MS);
    await Promise.all([...this.#stateless].map((close) => close()));
    await this.#sessions.close();
  }

  #isBusy(): boolean {
    return this.#answering > 0 || this.#stateless.size > 0 || this.#sessions.isBusy;
  }
}

function stopping(): Response {
  return rpcError(503, RPC.refused, "Cannot answer: the server is stopping", {
    ...retryAfter(RETRY_MS),
    connection: "close",
  });
}
