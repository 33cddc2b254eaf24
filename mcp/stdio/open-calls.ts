/**
 * Which requests of the client have no answer yet.
 *
 * @module
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/sdk/types";

/** Counts them on their way through a transport. */
export class OpenCalls {
  readonly #open = new Set<RequestId>();
  readonly #waiting = new Set<() => void>();

  /** The same transport, watched. The server sets `onmessage` when it connects. */
  watch(transport: Transport): Transport {
    const send = transport.send.bind(transport);
    let handler: Transport["onmessage"];
    Object.defineProperty(transport, "onmessage", {
      get: () =>
        handler && ((message: JSONRPCMessage, extra?: never) => {
          this.#came(message);
          handler?.(message, extra);
        }),
      set(wanted: Transport["onmessage"]) {
        handler = wanted;
      },
    });
    transport.send = async (message, options) => {
      try {
        await send(message, options);
      } finally {
        if ("id" in message && !("method" in message) && message.id !== undefined) {
          this.#done(message.id);
        }
      }
    };
    return transport;
  }

  /** Resolves when there are none. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.size === 0) resolve();
      else this.#waiting.add(resolve);
    });
  }

  #came(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#open.add(message.id);
    // What is cancelled gets no answer.
    if (message.method === "notifications/cancelled") {
      const { requestId } = Object(message.params) as { readonly requestId?: RequestId };
      if (requestId !== undefined) this.#done(requestId);
    }
  }

  #done(id: RequestId): void {
    this.#open.delete(id);
    if (this.#open.size > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
