/**
 * Who hears of a wake: the app's `onEvent`, or a few console lines.
 *
 * @module
 */
import type { SettingsProblem } from "../config/names.ts";
import type { WakeEvent, WakeListener } from "../wake/events.ts";
import type { WakeOptions } from "./options.ts";

/** What each listener has been told: several mounts may share their settings, and one line is enough. */
const told: WeakMap<WakeListener, Set<string>> = new WeakMap();

/** Who listens to the wakers of a mount, if anybody does. */
export function listenerOf({ onEvent, log }: WakeOptions): WakeListener | undefined {
  return onEvent ?? (log === false ? undefined : writeLine);
}

/** Tells of faults in the settings, for which there may be no waker to tell them. Each fault once. */
export function reportFaults(problems: readonly SettingsProblem[], options: WakeOptions): void {
  const listener = listenerOf(options);
  if (!listener) return;
  const known = told.get(listener) ?? new Set();
  told.set(listener, known);
  for (const problem of problems) {
    if (known.has(problem.message)) continue;
    known.add(problem.message);
    try {
      listener({ type: "misconfigured", ...problem, at: Date.now(), instanceId: undefined });
    } catch {
      // An observer never breaks a request.
    }
  }
}

function writeLine(event: WakeEvent): void {
  const { type, message, code, reason, instanceId } = event as unknown as Record<string, string>;
  if (!/^(mis|ref|res|rea)/.test(`${type}`)) return; // misconfigured, refused, resume-requested, ready
  // deno-lint-ignore no-console -- an operator without `onEvent` must learn what happens to the database
  console[message ? "warn" : "info"](
    `aura-wake: ${type}: ${message ? `${message} (${code ?? reason})` : `instance ${instanceId}`}`,
  );
}
