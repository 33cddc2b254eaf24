/**
 * What the server may do at most. Whoever starts it decides; nobody who calls it can widen that.
 *
 * @module
 */

/** What a tool needs, from the least to the most. `destructive` is what a person is asked about as well. */
export type Access = "read" | "wake" | "write" | "destructive";

/** The most that is allowed; each mode allows what stands before it. */
export type Mode = Access;

/** In that order. */
export const MODES: readonly Mode[] = ["read", "wake", "write", "destructive"];

/** Whether a text is one of them. */
export function isMode(text: unknown): text is Mode {
  return MODES.some((mode) => mode === text);
}

/** Whether a mode allows what needs this access. */
export function allows(mode: Mode, access: Access): boolean {
  return MODES.indexOf(access) <= MODES.indexOf(mode);
}

/** The mode in words that a person chose it by. */
export function modeText(mode: Mode): string {
  return {
    read: "read-only",
    wake: "read-only, and may wake instances (--allow-wake)",
    write: "may wake and change (--allow-write)",
    destructive: "may wake, change and destroy (--allow-destructive)",
  }[mode];
}
