/**
 * What may be sent as a map.
 *
 * @module
 */

/** Whether a value is an object of no class: a literal, what JSON gives, or one without prototype; also from another realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
}
