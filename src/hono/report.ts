/**
 * Who hears of a wake: the app's `onEvent`, or a few console lines.
 *
 * @module
 */
import type { SettingsProblem } from "../config/names.ts";
import type { WakeEvent, WakeListener } from "../wake/events.ts";
import type { WakeOptions } from "./options.ts";

/** Several mounts may share a waker, and one line is enough. */
const heard: WeakMap<object, WeakSet<WakeListener>> = new WeakMap();

/** The mount's listener, if `subject` (a waker, or the settings) is new to it. */
export function newListener(
  subject: object,
  { onEvent, log }: WakeOptions,
): WakeListener | undefined {
  const listener = onEvent ?? (log === false ? undefined : writeLine);
  const known = heard.get(subject) ?? new WeakSet();
  heard.set(subject, known);
  if (!listener || known.has(listener)) return undefined;
  known.add(listener);
  return listener;
}

/** Tells of faults in the settings, for which there may be no waker to tell them. */
export function reportFaults(
  problems: readonly SettingsProblem[],
  options: WakeOptions,
): void {
  const listener = newListener(problems, options);
  for (const problem of problems) {
    try {
      listener?.({ type: "misconfigured", ...problem, at: Date.now(), instanceId: undefined });
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
