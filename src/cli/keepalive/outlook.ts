/**
 * What follows from an instance's status and from its last known use: when Aura pauses it, and when it deletes it.
 *
 * @see https://neo4j.com/docs/aura/managing-instances/instance-actions/
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Activity } from "../../operate/database/activity.ts";
import { durationText } from "../../operate/text/duration-text.ts";

const DAY_MS = 86_400_000;
/** A Free instance is paused after so long without use. */
const PAUSE_AFTER_MS = 3 * DAY_MS;
/** One that stays paused is deleted (Free) or resumed by Aura itself (paid) after so long. */
const PAUSED_LIMIT_MS = 30 * DAY_MS;

/** What can be said. */
export interface Outlook {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly type: string | undefined;
  /** When it was last used from here: ISO 8601. */
  readonly last_use: string | null;
  /** ISO 8601, `never` or `unknown`. */
  readonly pauses_at: string;
  /** ISO 8601, `never` or `unknown`. */
  readonly deleted_at: string;
  /** With one decimal; null where that is never or unknown. */
  readonly days_until_pause: number | null;
  /** With one decimal; null where that is never or unknown. */
  readonly days_until_deletion: number | null;
  /** Why, in a sentence or two. */
  readonly detail: string;
}

interface Prospect {
  readonly pauses: number | "never" | "unknown";
  readonly deleted: number | "never" | "unknown";
  readonly detail: string;
}

/** Says it; never more than is known. */
export function foresee(instance: Instance, activity: Activity, now: number): Outlook {
  const { id, name, status, type } = instance;
  const uses = Object.values(activity);
  const lastUse = uses.length === 0 ? undefined : Math.max(...uses);
  const { pauses, deleted, detail } = prospectOf(instance, lastUse, now);
  return {
    id,
    name,
    status,
    type,
    last_use: lastUse === undefined ? null : dateText(lastUse),
    pauses_at: whenText(pauses),
    deleted_at: whenText(deleted),
    days_until_pause: daysUntil(pauses, now),
    days_until_deletion: daysUntil(deleted, now),
    detail,
  };
}

function prospectOf(
  { status, type }: Instance,
  lastUse: number | undefined,
  now: number,
): Prospect {
  const isFree = type === "free-db";
  if (status === "paused" || status === "pausing") {
    return isFree ? pausedFree(lastUse, now) : {
      pauses: now,
      deleted: "never",
      detail: "It is paused. Aura resumes a paid instance by itself after 30 days",
    };
  }
  if (!isFree) {
    return {
      pauses: "never",
      deleted: "never",
      detail: "Aura pauses only Free instances by itself",
    };
  }
  if (lastUse === undefined) {
    return {
      pauses: "unknown",
      deleted: "unknown",
      detail:
        "Aura pauses a Free instance after 72 hours without use. The API does not say when it was last used, " +
        "and it was neither woken nor written to from here yet",
    };
  }
  const pauses = lastUse + PAUSE_AFTER_MS;
  // A past date would claim that it is paused, which the API denies.
  if (pauses <= now) {
    return {
      pauses: "unknown",
      deleted: "unknown",
      detail:
        `It was last used from here ${
          durationText(now - lastUse)
        } ago. After 72 hours without use it would be ` +
        "paused, and it is not: somebody else uses it too",
    };
  }
  return {
    pauses,
    deleted: pauses + PAUSED_LIMIT_MS,
    detail: "72 hours after its last use from here it is paused, and after 30 days more deleted; " +
      "later, if others use it too",
  };
}

function pausedFree(lastUse: number | undefined, now: number): Prospect {
  const earliest = lastUse === undefined
    ? ""
    : `; it was used from here on ${dateText(lastUse)}, so not before ${
      dateText(lastUse + PAUSED_LIMIT_MS)
    }`;
  return {
    pauses: now,
    deleted: "unknown",
    detail:
      "It is paused, and the API does not say since when. Aura deletes a Free instance that has been paused " +
      `for 30 days${earliest}`,
  };
}

function whenText(when: Prospect["pauses"]): string {
  return typeof when === "number" ? dateText(when) : when;
}

function dateText(at: number): string {
  return new Date(at).toISOString();
}

function daysUntil(when: Prospect["pauses"], now: number): number | null {
  return typeof when === "number" ? Math.floor(Math.max(0, when - now) / DAY_MS * 10) / 10 : null;
}
