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
  wait<T>(act: (wait: RunOptions) => Promise<T>, options?: RunOptions): Promise<T>;
}

/** Binds the view's connection. Where there is none the methods reject: the app may never use it. */
export function bindConnection(view: Binding): Connection {
  function source(): Connection {
    if (view.source) return view.source;
    throw new AuraWakeError(
      "AURA_NO_CONNECTION",
      "Cannot query: wake() has no connection, give it one as `db`, or set NEO4J_URI and NEO4J_PASSWORD",
    );
  }
  return {
    read: (cypher, parameters, options) =>
      view.wait(async (wait) => await source().read(cypher, parameters, wait), options),
    write: (cypher, parameters, options) =>
      view.wait(async (wait) => await source().write(cypher, parameters, wait), options),
    run: (work, options) => view.wait(async (wait) => await source().run(work, wait), options),
    verifyConnectivity: async () => await source().verifyConnectivity(),
    close: async () => await source().close(),
    get waker() {
      return view.waker;
    },
  };
}
