/**
 * A stream that says how it ended: by itself, or because its reader is gone.
 *
 * @module
 */

/** `done`: all was read, or `end()` was called · `gone`: whoever read it has left. */
export type StreamEnd = "done" | "gone";

/** A stream that is watched. */
export interface WatchedStream {
  readonly body: ReadableStream<Uint8Array>;
  /** Ends it after what it holds. */
  end(): void;
}

/**
 * Watches a stream; `onEnd` is called once. The signal of a request is left alone: it says less on Deno, where it also aborts when all
 * went well. Servers cancel the body of an answer whose reader has left, Bun's own with the next sign of life.
 */
export function watchStream(
  source: ReadableStream<Uint8Array>,
  onEnd: (how: StreamEnd) => void,
): WatchedStream {
  const reader = source.getReader();
  let hasEnded = false;

  function settle(how: StreamEnd): void {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(how);
  }

  function leave(): void {
    settle("gone");
    reader.cancel().catch(() => {});
  }

  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      settle("done");
      controller.close();
    },
    cancel: leave,
  }, { highWaterMark: 0 });

  return {
    body,
    end() {
      settle("done");
      reader.cancel().catch(() => {});
    },
  };
}
