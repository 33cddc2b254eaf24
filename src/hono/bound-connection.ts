/**
 * A connection whose queries wait on behalf of one request.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";
import type { Connection } from "../neo4j/connection.ts";
import type { RunOptions, Waker } from "../wake/waker.ts";

/** The part of a request's view that its connection needs. */
export interface Binding {
  readonly waker: Waker | undefined;
  /** The connection to bind, if there is one. */
  readonly source: Connection | undefined;
  /** Does what may wait, with what is left of the request's time. */
  serve<T>(act: (wait: RunOptions) => Promise<T>, options?: RunOptions): Promise<T>;
}

/** Binds the view's connection. Where there is none the methods reject: the app may never use it. */
export function bindConnection(view: Binding): Connection {
  function source(): Connection {
    if (view.source) return view.source;
    throw new AuraWakeError(
      "AURA_NO_CONNECTION",
      "Cannot query: wake() has no connection, set NEO4J_PASSWORD and an encrypted NEO4J_URI (or AURA_WAKE_QUERY_API_URL), or give it `db`",
    );
  }
  function query(access: "read" | "write"): Connection["read"] {
    return (cypher, parameters, options) =>
      view.serve(async (wait) => await source()[access](cypher, parameters, wait), options);
  }

  return {
    read: query("read"),
    write: query("write"),
    run: (work, options) => view.serve(async (wait) => await source().run(work, wait), options),
    verifyConnectivity: async () => await source().verifyConnectivity(),
    close: async () => await source().close(),
    get waker() {
      return view.waker;
    },
  };
}
