/**
 * One session: a server, its transport, and the requests that have no answer yet.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
 * @module
 */
// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { HttpCaller } from "./caller-of.ts";
import { EventLog, LISTENING_STREAM } from "./event-log.ts";
import { type Exchange, Exchanges } from "./exchanges.ts";
import type { ServedConnection } from "./options.ts";
import type { Messages } from "./read-messages.ts";
import { retryAfter, RPC, rpcError } from "./rpc-error.ts";
import { KEEP_ALIVE_MS, sdkRequest } from "./sdk-request.ts";
import type { HttpSettings } from "./settings.ts";
import { watchStream } from "./watch-stream.ts";

/** Calls of one session at one time. */
const MOST_IN_FLIGHT = 100;
const RETRY_MS = 1_000;

/** A session that is open. */
export class Session {
  readonly id: string;
  readonly caller: HttpCaller;
  readonly #settings: HttpSettings;
  readonly #transport: WebStandardStreamableHTTPServerTransport;
  readonly #exchanges: Exchanges;
  readonly #log: EventLog;
  #server: ServedConnection | undefined;
  #starting: Exchange | undefined;
  #listeners = 0;
  #usedAt: number;
  #closing: Promise<void> | undefined;

  /** `onClosed` is told when the session ended by itself. */
  constructor(id: string, caller: HttpCaller, settings: HttpSettings, onClosed: () => void) {
    this.id = id;
    this.caller = caller;
    this.#settings = settings;
    this.#usedAt = settings.clock.now();
    this.#log = new EventLog({
      clock: settings.clock,
      onStream: (stream) => {
        if (this.#starting !== undefined) this.#starting.stream ??= stream;
      },
    });
    this.#transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      eventStore: this.#log,
      keepAliveMs: KEEP_ALIVE_MS,
      retryInterval: RETRY_MS,
    });
    this.#exchanges = new Exchanges(this.#transport, settings);
    this.#transport.onclose = onClosed;
  }

  /** Makes the server. */
  async start(): Promise<void> {
    this.#server = await this.#settings.serve(
      this.caller.caller,
      this.#transport as unknown as Transport,
    );
    // It was closed while the server was made, and could not close that.
    if (this.#closing !== undefined) await this.#server.close();
  }

  /** Whether a request has no answer yet: the first one too, for which the server is still being made. */
  get isBusy(): boolean {
    return this.#exchanges.size > 0 || !this.isInitialized;
  }

  /** Since when nobody uses it; undefined while somebody does. */
  get idleSince(): number | undefined {
    return this.isBusy || this.#listeners > 0 ? undefined : this.#usedAt;
  }

  /** When it was last used. */
  get usedAt(): number {
    return this.#usedAt;
  }

  /** Whether the client has introduced itself. */
  get isInitialized(): boolean {
    return this.#transport.sessionId !== undefined;
  }

  /** Forgets old events. */
  prune(): void {
    this.#log.prune();
  }

  /** Answers messages of the client. */
  async post(request: Request, messages: Messages): Promise<Response> {
    this.#usedAt = this.#settings.clock.now();
    const { requestIds, cancelledIds, parsed } = messages;
    // The answer to the first would go to the second, and the first would wait for ever.
    if (requestIds.some((requestId) => this.#exchanges.has(requestId))) {
      return rpcError(400, RPC.invalidRequest, "Cannot call twice with one id at the same time");
    }
    if (this.#exchanges.size + requestIds.length > MOST_IN_FLIGHT) {
      const text = `Cannot call: ${MOST_IN_FLIGHT} calls of this session have no answer yet`;
      return rpcError(429, RPC.refused, text, retryAfter(RETRY_MS));
    }
    const exchange = requestIds.length > 0 ? this.#exchanges.begin(requestIds) : undefined;
    let response: Response | undefined;
    try {
      // The SDK opens the stream, and so tells its name, before it waits for anything.
      this.#starting = exchange;
      const answering = this.#transport.handleRequest(sdkRequest(request), { parsedBody: parsed });
      this.#starting = undefined;
      response = await answering;
    } finally {
      this.#starting = undefined;
      if (response?.status !== 200) exchange?.abandon();
    }
    if (response.ok) { for (const requestId of cancelledIds) this.#exchanges.cancelled(requestId); }
    return exchange === undefined ? response : attach(exchange, response);
  }

  /** Opens a stream for what the server says by itself, or the rest of one that broke. */
  async get(request: Request): Promise<Response> {
    this.#usedAt = this.#settings.clock.now();
    const lastEventId = request.headers.get("last-event-id");
    if (lastEventId !== null) {
      const place = this.#log.placeOf(lastEventId);
      if (place === undefined) {
        return rpcError(400, RPC.invalidRequest, "Cannot resume: there is no such Last-Event-ID");
      }
      if (place.stream !== LISTENING_STREAM) {
        return await this.#resume(request, lastEventId, place.stream);
      }
    }
    const response = await this.#transport.handleRequest(sdkRequest(request));
    if (response.status !== 200 || response.body === null) return response;
    this.#listeners++;
    const { body } = watchStream(response.body, () => {
      this.#listeners--;
      this.#usedAt = this.#settings.clock.now();
    });
    return new Response(body, response);
  }

  async #resume(request: Request, lastEventId: string, stream: string): Promise<Response> {
    const exchange = this.#exchanges.of(stream);
    if (exchange === undefined) return this.#rest(lastEventId);
    exchange.resumed();
    const response = await this.#transport.handleRequest(sdkRequest(request));
    // Answered meanwhile: the SDK would hold the stream open although nothing more comes.
    if (exchange.isOver && response.status === 200) {
      await response.body?.cancel();
      return this.#rest(lastEventId);
    }
    return attach(exchange, response);
  }

  /** What is left of a stream in which nothing more comes. */
  #rest(lastEventId: string): Response {
    const events = this.#log.after(lastEventId);
    // 204 tells a reader of events to stop asking.
    if (events.length === 0) return new Response(null, { status: 204 });
    const text = events.map(({ id, text }) => `event: message\nid: ${id}\ndata: ${text}\n\n`);
    return new Response(text.join(""), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-cache, no-transform",
        "mcp-session-id": this.id,
      },
    });
  }

  /** Ends the session for its client. */
  async delete(request: Request): Promise<Response> {
    const response = await this.#transport.handleRequest(sdkRequest(request));
    if (response.ok) await this.close();
    return response;
  }

  /** Aborts what runs and ends every stream. Safe to call twice. */
  close(): Promise<void> {
    // In a turn of its own, for closing the transport comes back here.
    this.#closing ??= Promise.resolve().then(() => this.#close());
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#exchanges.endAll();
    try {
      await this.#server?.close();
    } finally {
      await this.#transport.close();
    }
  }
}

/** Hands the stream out, and watches whether its reader stays. */
function attach(exchange: Exchange, response: Response): Response {
  if (response.status !== 200 || response.body === null) return response;
  const stream = watchStream(response.body, (how) => {
    if (how === "gone") exchange.left(stream);
  });
  exchange.attach(stream);
  return new Response(stream.body, response);
}
