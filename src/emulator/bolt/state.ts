/**
 * Which message may come when.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/server-state/ | Server state}
 * @module
 */
import { invalid, type RequestName } from "./messages.ts";

/** Where a connection stands; the names are the protocol's. */
export type BoltState =
  | "NEGOTIATION"
  | "AUTHENTICATION"
  | "READY"
  | "STREAMING"
  | "TX_READY"
  | "TX_STREAMING"
  | "FAILED"
  | "DEFUNCT";

const ALLOWED: Readonly<Record<BoltState, readonly RequestName[]>> = {
  NEGOTIATION: ["HELLO"],
  AUTHENTICATION: ["LOGON"],
  READY: ["LOGOFF", "RUN", "BEGIN", "ROUTE", "TELEMETRY"],
  STREAMING: ["PULL", "DISCARD"],
  TX_READY: ["RUN", "COMMIT", "ROLLBACK"],
  TX_STREAMING: ["RUN", "PULL", "DISCARD"],
  FAILED: [],
  DEFUNCT: [],
};

/**
 * Lets a message pass where its time has come. RESET and GOODBYE are not asked about: theirs is always.
 *
 * @throws {EngineError} `Neo.ClientError.Request.Invalid`
 */
export function checkAllowed(state: BoltState, name: RequestName): void {
  if (ALLOWED[state].includes(name)) return;
  throw invalid(`Message '${name}' cannot be handled by a session in the ${state} state.`);
}

/** Whether the client has not been let in yet. */
export function isBeforeLogon(state: BoltState): boolean {
  return state === "NEGOTIATION" || state === "AUTHENTICATION";
}
