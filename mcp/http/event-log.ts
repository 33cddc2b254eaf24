/**
 * Remembers what was sent in a session, within bounds, so that a client whose connection broke can have the rest.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#resumability-and-redelivery
 * @module
 */
import type { EventStore } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types";
import type { Clock } from "../../src/clock.ts";

/** The SDK's name for the stream that a client listens to without a request. */
export const LISTENING_STREAM = "_GET_stream";

const MOST_EVENTS = 100;
const MOST_CHARACTERS = 256 * 1024;
/** A client that has not come back by then does not come back for it. */
const KEPT_MS = 5 * 60_000;

interface LoggedEvent {
  readonly number: number;
  readonly stream: string;
  /** As it was sent: shorter in memory than the objects. */
  readonly text: string;
  readonly isAnswer: boolean;
  readonly at: number;
}

/** What it is made with. */
export interface EventLogOptions {
  readonly clock: Clock;
  /** Told of a stream's first event, before the stream is handed out. */
  readonly onStream: (stream: string) => void;
}

/** The events of one session. */
export class EventLog implements EventStore {
  readonly #clock: Clock;
  readonly #onStream: (stream: string) => void;
  #events: LoggedEvent[] = [];
  #characters = 0;
  #last = 0;

  constructor({ clock, onStream }: EventLogOptions) {
    this.#clock = clock;
    this.#onStream = onStream;
  }

  /** Remembers one, and gives its id. */
  storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    const number = ++this.#last;
    // The SDK opens a stream with an event that is nothing but an id.
    if (!("jsonrpc" in message)) {
      this.#onStream(stream);
    } else {
      const text = JSON.stringify(message);
      const isAnswer = "result" in message || "error" in message;
      this.#events.push({ number, stream, text, isAnswer, at: this.#clock.now() });
      this.#characters += text.length;
      this.prune();
    }
    return Promise.resolve(`${stream}.${number}`);
  }

  /** Sends again what came after an event of a stream. */
  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const place = this.placeOf(lastEventId);
    if (place === undefined) throw new Error("Cannot resume: there is no such event");
    for (const { id, text } of this.after(lastEventId)) {
      await send(id, JSON.parse(text) as JSONRPCMessage);
    }
    return place.stream;
  }

  /** What came after an event in its stream. */
  after(lastEventId: string): { readonly id: string; readonly text: string }[] {
    const place = this.placeOf(lastEventId);
    return this.#events
      .filter(({ stream, number }) => stream === place?.stream && number > place.number)
      .map(({ stream, number, text }) => ({ id: `${stream}.${number}`, text }));
  }

  /** The stream and the number in an id, or undefined when no such id can have been given. */
  placeOf(eventId: string): { readonly stream: string; readonly number: number } | undefined {
    const [, stream, digits] = /^([\w-]{1,64})\.(\d{1,15})$/.exec(eventId) ?? [];
    if (stream === undefined || Number(digits) > this.#last) return undefined;
    return { stream, number: Number(digits) };
  }

  /** Forgets what is old, and what is too much: progress before answers. */
  prune(): void {
    const since = this.#clock.now() - KEPT_MS;
    while (this.#events[0] !== undefined && this.#events[0].at < since) this.#forget(0);
    while (this.#events.length > MOST_EVENTS || this.#characters > MOST_CHARACTERS) {
      this.#forget(Math.max(0, this.#events.findIndex(({ isAnswer }) => !isAnswer)));
    }
  }

  #forget(index: number): void {
    const [event] = this.#events.splice(index, 1);
    this.#characters -= event?.text.length ?? 0;
  }
}
