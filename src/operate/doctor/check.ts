/**
 * What a diagnosis consists of: checks, each of which is well, is not, or could not be made.
 *
 * @module
 */

/** Every check, in the order in which they are made. */
export type CheckName =
  | "credentials"
  | "token"
  | "instance"
  | "status"
  | "uri"
  | "dns"
  | "tcp"
  | "tls"
  | "bolt"
  | "query-api"
  | "login"
  | "query"
  | "import-api"
  | "graphql-api"
  | "aura-cli";

/** What one check found. */
export interface Finding {
  /** True: it is well · false: it is not · null: it was not or could not be checked, and `detail` says why. */
  readonly ok: boolean | null;
  readonly detail: string;
  /** What to do. Beside `ok: true` it is a warning. */
  readonly remedy?: string;
}

/** A check that was made, as it is printed. */
export interface Check extends Finding {
  readonly name: CheckName;
  readonly took_ms: number;
}

/** The whole answer to "why can I not connect?". */
export interface Diagnosis {
  /** No check found trouble. */
  readonly ok: boolean;
  /** One sentence. */
  readonly verdict: string;
  readonly checks: readonly Check[];
}

/** It is well. */
export function fine(detail: string, warning?: string): Finding {
  return { ok: true, detail, ...(warning !== undefined && { remedy: warning }) };
}

/** It is not well. */
export function wrong(detail: string, remedy?: string): Finding {
  return { ok: false, detail, ...(remedy !== undefined && { remedy }) };
}

/** It was not checked. */
export function unchecked(detail: string): Finding {
  return { ok: null, detail };
}
