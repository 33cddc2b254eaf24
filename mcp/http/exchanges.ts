/**
 * The requests of a session that have no answer yet: how long they may take, and what becomes of them when their client is gone.
 *
 * @module
 */
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types";
import type { RequestId } from "./read-messages.ts";
import { RPC } from "./rpc-error.ts";
import type { HttpSettings } from "./settings.ts";
import type { WatchedStream } from "./watch-stream.ts";

/** What is needed of a transport. */
export interface ExchangeTransport {
  onmessage?: ((message: JSONRPCMessage) => void) | undefined;
  send(message: JSONRPCMessage, options?: object): Promise<void>;
}

type ExchangeSettings = Pick<HttpSettings, "clock" | "maxRequestMs" | "reconnectMs" | "metrics">;

/** The code of the SDK for a request that took too long. */
const TIMED_OUT = -32001;

/** The requests of one POST, which share a stream. */
export interface Exchange {
  /** The name of their stream, as soon as it is known. */
  stream: string | undefined;
  /** Whether there is nothing left to answer. */
  readonly isOver: boolean;
  /** This stream brings the answers now. */
  attach(stream: WatchedStream): void;
  /** The reader of this stream is gone; when it was the one that brings the answers, the calls are cancelled after a while. */
  left(stream: WatchedStream): void;
  /** The client came back. */
  resumed(): void;
  /** Nobody answers these. */
  abandon(): void;
}

/** All of a session. */
export class Exchanges {
  readonly #transport: ExchangeTransport;
  readonly #settings: ExchangeSettings;
  readonly #open = new Map<RequestId, OpenExchange>();

  constructor(transport: ExchangeTransport, settings: ExchangeSettings) {
    this.#transport = transport;
    this.#settings = settings;
    const send = transport.send.bind(transport);
    transport.send = async (message, options) => {
      try {
        await send(message, options);
      } finally {
        if ("result" in message || "error" in message) {
          if (message.id !== undefined) this.#settle(message.id);
        }
      }
    };
  }

  /** Requests without an answer. */
  get size(): number {
    return this.#open.size;
  }

  has(requestId: RequestId): boolean {
    return this.#open.has(requestId);
  }

  /** That of a stream, as far as streams are known: clients of older revisions are not told the name. */
  of(stream: string): Exchange | undefined {
    const open = [...this.#open.values()];
    return open.find((each) => each.stream === stream) ??
      open.find((each) => each.stream === undefined);
  }

  begin(requestIds: readonly RequestId[]): Exchange {
    const { clock, maxRequestMs, reconnectMs, metrics } = this.#settings;
    const exchange = new OpenExchange(requestIds, {
      wait: (ms, signal, then) => {
        clock.sleep(ms, { signal, background: true }).then(then, () => {});
      },
      reconnectMs,
      maxRequestMs,
      onGone: () => this.#cancel(exchange, "The client is gone"),
      onLate: () => void this.#giveUp(exchange),
      onAbandoned: () => {
        for (const requestId of exchange.open) this.#settle(requestId);
      },
    });
    for (const requestId of requestIds) {
      this.#open.set(requestId, exchange);
      metrics.inFlight(1);
    }
    return exchange;
  }

  /** The client does not want this answer any more, and the SDK gives none. */
  cancelled(requestId: RequestId): void {
    const exchange = this.#open.get(requestId);
    this.#settle(requestId);
    if (exchange?.isOver) exchange.end();
  }

  /** Ends all, each with an answer: a stream that just stops would be asked for its rest. */
  async endAll(): Promise<void> {
    const message = "Cannot finish: the server ends this session, and the request was cancelled; " +
      "what it began at Aura may go on";
    for (const exchange of new Set(this.#open.values())) {
      await this.#refuse(exchange, { code: RPC.refused, message }, "The server ends this session");
      exchange.abandon();
    }
  }

  #settle(requestId: RequestId): void {
    const exchange = this.#open.get(requestId);
    if (exchange === undefined) return;
    this.#open.delete(requestId);
    this.#settings.metrics.inFlight(-1);
    exchange.settle(requestId);
  }

  /** Aborts the signals of the calls, as if the client had asked for it. */
  #cancel(exchange: OpenExchange, reason: string): void {
    for (const requestId of [...exchange.open]) {
      this.#tellCancelled(requestId, reason);
      this.#settle(requestId);
    }
  }

  async #giveUp(exchange: OpenExchange): Promise<void> {
    const seconds = Math.round(this.#settings.maxRequestMs / 1000);
    const message = `Cannot wait any longer: the request took ${seconds} s and was cancelled; ` +
      "what it began at Aura may go on";
    await this.#refuse(exchange, { code: TIMED_OUT, message }, "It took too long");
  }

  async #refuse(
    exchange: OpenExchange,
    error: { readonly code: number; readonly message: string },
    reason: string,
  ): Promise<void> {
    for (const requestId of [...exchange.open]) {
      this.#tellCancelled(requestId, reason);
      await this.#transport.send({ jsonrpc: "2.0", id: requestId, error }).catch(() => {});
    }
  }

  #tellCancelled(requestId: RequestId, reason: string): void {
    this.#transport.onmessage?.({
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId, reason },
    });
  }
}

interface ExchangeTimes {
  readonly wait: (ms: number, signal: AbortSignal, then: () => void) => void;
  readonly reconnectMs: number;
  readonly maxRequestMs: number;
  readonly onGone: () => void;
  readonly onLate: () => void;
  readonly onAbandoned: () => void;
}

class OpenExchange implements Exchange {
  stream: string | undefined;
  readonly open: Set<RequestId>;
  readonly #times: ExchangeTimes;
  readonly #over = new AbortController();
  #gone: AbortController | undefined;
  #attached: WatchedStream | undefined;

  constructor(requestIds: readonly RequestId[], times: ExchangeTimes) {
    this.open = new Set(requestIds);
    this.#times = times;
    times.wait(times.maxRequestMs, this.#over.signal, times.onLate);
  }

  get isOver(): boolean {
    return this.open.size === 0;
  }

  attach(stream: WatchedStream): void {
    this.#attached = stream;
  }

  left(stream: WatchedStream): void {
    if (this.isOver || this.#attached !== stream) return;
    this.#attached = undefined;
    this.#gone?.abort();
    this.#gone = new AbortController();
    const signal = AbortSignal.any([this.#gone.signal, this.#over.signal]);
    this.#times.wait(this.#times.reconnectMs, signal, this.#times.onGone);
  }

  resumed(): void {
    this.#gone?.abort();
  }

  abandon(): void {
    this.#times.onAbandoned();
  }

  settle(requestId: RequestId): void {
    this.open.delete(requestId);
    if (this.isOver) this.#over.abort();
  }

  end(): void {
    this.#attached?.end();
  }
}
