/**
 * A connection whose queries wait on behalf of one request.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";
import type { Connection } from "../neo4j/connection.ts";
import type { RequestView } from "./request-view.ts";

/** Binds the view's connection. Where there is none the methods reject: the app may never use it. */
export function bindConnection(view: RequestView): Connection {
  function source(): Connection {
    if (view.source) return view.source;
    throw new AuraWakeError(
      "AURA_NO_CONNECTION",
      "Cannot query: wake() has no connection here, give it one as `db` or set NEO4J_URI and NEO4J_PASSWORD",
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
