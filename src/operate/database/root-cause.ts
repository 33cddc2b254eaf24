/**
 * What lies behind an error.
 *
 * @module
 */

/** What the innermost error says. */
export interface RootCause {
  /** Empty where it has none. */
  readonly code: string;
  readonly message: string;
}

/** Follows the causes: a driver that routes wraps the server's own word, or the network's. */
export function rootCause(error: unknown): RootCause {
  let root = error;
  for (let depth = 0; depth < 8 && Object(root).cause instanceof Object; depth++) {
    root = Object(root).cause;
  }
  const { code, message } = Object(root) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : String(root),
  };
}
