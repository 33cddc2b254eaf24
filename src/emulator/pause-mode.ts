/**
 * How a paused instance meets its clients.
 *
 * @module
 */

/**
 * `refuse`: nobody listens · `reset`: accepted, then reset · `silent`: accepted, never answered · `unavailable`: Bolt
 * `Neo.TransientError.General.DatabaseUnavailable`, HTTP 503 · `unresolvable`: the name is gone (`<id>.invalid`), and
 * nobody listens either. A paused Aura is `unresolvable`.
 */
export type PauseMode = "refuse" | "reset" | "silent" | "unavailable" | "unresolvable";
