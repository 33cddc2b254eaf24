/**
 * Whether a caller may have the instance woken: the operator stays in charge.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { WakeEventDetail } from "./events.ts";
import type { FullOptions } from "./full-options.ts";
import type { WaitOptions } from "./waker.ts";

/** Refusals of one kind are told once in this time: a crawler comes by often. */
const TELL_EVERY_MS = 60_000;

/** Makes the function that asks whether a wake may begin, and tells when it may not. */
export function createPermission(
  { enabled, instanceId }: FullOptions,
  clock: Clock,
  emit: (detail: WakeEventDetail) => void,
): (mayWake: WaitOptions["mayWake"]) => Promise<boolean> {
  const toldAt: Record<string, number> = {};

  function tell(key: string, detail: WakeEventDetail): void {
    const now = clock.now();
    if (now - (toldAt[key] ?? -Infinity) < TELL_EVERY_MS) return;
    toldAt[key] = now;
    emit(detail);
  }

  function refuse(reason: "disabled" | "not-allowed", why: string): false {
    const message = `Cannot wake instance ${instanceId}: ${why}`;
    tell(reason, { type: "refused", reason, message });
    return false;
  }

  return async function mayBegin(mayWake = true): Promise<boolean> {
    if (!enabled) return refuse("disabled", "waking is switched off");
    try {
      if (typeof mayWake === "function" ? await mayWake() : mayWake) return true;
    } catch {
      const message = "Cannot ask mayWake, so nobody may: it throws";
      tell("mayWake", { type: "misconfigured", code: "CONFIG_INVALID", message });
    }
    return refuse("not-allowed", "this caller may not");
  };
}
