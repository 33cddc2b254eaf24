/**
 * Remembers which errors have been through `run()`, so that nothing around it replays the same failure once more.
 *
 * Kept beside the error and not as a mark on it, since the caller gets the same object back, untouched. Weak, so that it keeps
 * none alive. Numbered, since an app may throw one object again and again: only what was handled *meanwhile* counts.
 *
 * @module
 */

const handled: WeakMap<object, number> = new WeakMap();
let count = 0;

/** Notes that `error` has been judged and waited for, and gives it back. */
export function markHandled<E>(error: E): E {
  if (typeof error === "object" && error !== null) handled.set(error, ++count);
  return error;
}

/** The present moment, for `wasHandled`. */
export function handledSoFar(): number {
  return count;
}

/** Whether the error, or one that it wraps, has been through `run()` since the moment given. */
export function wasHandled(error: unknown, since: number = 0): boolean {
  for (let depth = 0; depth < 8 && typeof error === "object" && error !== null; depth++) {
    if ((handled.get(error) ?? 0) > since) return true;
    // GraphQL servers keep the resolver's error as `originalError`.
    const { cause, originalError } = error as { cause?: unknown; originalError?: unknown };
    error = cause ?? originalError;
  }
  return false;
}
