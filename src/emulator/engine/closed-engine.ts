/**
 * An engine that is never reached.
 *
 * @module
 */
import type { Engine } from "./engine.ts";

/** Makes the engine behind a database that always says that it is unavailable. */
export function closedEngine(): Engine {
  return {
    name: "closed",
    begin: () => Promise.reject(new Error("Cannot begin a transaction: there is no engine here")),
    close: () => Promise.resolve(),
  };
}
