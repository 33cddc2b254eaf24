/**
 * How long it is until Aura pauses an instance, and until it deletes it: as far as that can be known from here.
 *
 * @see https://neo4j.com/docs/aura/managing-instances/instance-actions/
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { type Activity, readActivity } from "../activity.ts";
import type { Context } from "../context.ts";
import { durationText } from "../duration-text.ts";

/** A Free instance is paused after so long without use. */
const PAUSE_AFTER_MS = 72 * 3_600_000;
/** One that stays paused is deleted (Free) or resumed by Aura itself (paid) after so long. */
const PAUSED_LIMIT_MS = 30 * 86_400_000;

/** What can be said. */
export interface Outlook {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly type: string | undefined;
  /** When it was last used from here: ISO 8601. */
  readonly last_use: string | null;
  readonly pauses_at: string | "never" | "unknown";
  readonly deleted_at: string | "never" | "unknown";
  /** Why, in a sentence or two. */
  readonly detail: string;
}

/** Prints the outlook; exit code 1 when the pause is less than a day away, or already there. */
export async function checkKeepalive(
  context: Context,
  named: string | undefined,
): Promise<number> {
  const instance = await context.instance(named);
  const now = context.io.clock.now();
  const outlook = foresee(instance, await readActivity(context, instance.id), now);
  const { id, name, status, type, last_use, pauses_at, deleted_at, detail } = outlook;
  context.print.one(outlook, {
    id,
    name,
    status,
    type,
    "last use from here": last_use ?? "unknown",
    "is paused": dated(pauses_at, now),
    "is deleted": dated(deleted_at, now),
    why: detail,
  });
  const isDue = pauses_at !== "never" && pauses_at !== "unknown" &&
    Date.parse(pauses_at) - now < 86_400_000;
  return isDue ? 1 : 0;
}

/** Says what follows from the status and from the last use that is known. */
export function foresee(instance: Instance, activity: Activity, now: number): Outlook {
  const { id, name, status, type } = instance;
  const lastUse = Math.max(activity.heartbeat ?? 0, activity.wake ?? 0);
  const base = { id, name, status, type, last_use: lastUse > 0 ? dateText(lastUse) : null };
  const isFree = type === "free-db";
  if (status === "paused") {
    return {
      ...base,
      pauses_at: dateText(now),
      deleted_at: isFree ? "unknown" : "never",
      detail: isFree
        ? "It is paused, and the API does not say since when. Aura deletes a Free instance that stays paused for 30 days" +
          (lastUse > 0
            ? `; it was last used from here on ${dateText(lastUse)}, so that is not before ${
              dateText(lastUse + PAUSED_LIMIT_MS)
            }`
            : "")
        : "It is paused. Aura resumes a paid instance by itself after 30 days, and does not delete it",
    };
  }
  if (!isFree) {
    return {
      ...base,
      pauses_at: "never",
      deleted_at: "never",
      detail: "Aura pauses only Free instances by itself",
    };
  }
  if (lastUse === 0) {
    return {
      ...base,
      pauses_at: "unknown",
      deleted_at: "unknown",
      detail:
        "Aura pauses a Free instance after 72 hours without use, and the API does not say when it was last used; " +
        "nothing was woken or written from here yet",
    };
  }
  // A past date would claim that it is paused, which the API denies: somebody else has used it.
  if (lastUse + PAUSE_AFTER_MS <= now) {
    return {
      ...base,
      pauses_at: "unknown",
      deleted_at: "unknown",
      detail:
        `It was last used from here ${
          durationText(now - lastUse)
        } ago, which is more than 72 hours, ` +
        "and it is not paused: somebody else uses it too",
    };
  }
  return {
    ...base,
    pauses_at: dateText(lastUse + PAUSE_AFTER_MS),
    deleted_at: dateText(lastUse + PAUSE_AFTER_MS + PAUSED_LIMIT_MS),
    detail: "72 hours after its last use from here it is paused, and 30 days after that deleted; " +
      "later, if others use it too",
  };
}

function dateText(at: number): string {
  return new Date(at).toISOString();
}

function dated(when: string, now: number): string {
  if (when === "never" || when === "unknown") return when;
  const leftMs = Date.parse(when) - now;
  return leftMs <= 0 ? "now" : `in ${durationText(leftMs)} (${when})`;
}
