/**
 * `aura-wake keepalive --check`
 *
 * @module
 */
import { readActivity } from "../../operate/database/activity.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import type { Context } from "../context.ts";
import { foresee } from "./outlook.ts";

/** Prints the outlook, and gives the exit code: 1 when it is paused, or will be within a day. */
export async function checkKeepalive(
  context: Context,
  named: string | undefined,
): Promise<number> {
  const instance = await context.instance(named);
  const now = context.io.clock.now();
  const outlook = foresee(instance, await readActivity(context, instance.id), now);
  context.print.one(outlook, {
    id: outlook.id,
    name: outlook.name,
    status: outlook.status,
    type: outlook.type,
    "last use from here": outlook.last_use ?? "unknown",
    "paused": leftText(outlook.pauses_at, now),
    "deleted": leftText(outlook.deleted_at, now),
    why: outlook.detail,
  });
  const { days_until_pause: days } = outlook;
  return days !== null && days < 1 ? 1 : 0;
}

function leftText(when: string, now: number): string {
  const leftMs = Date.parse(when) - now;
  if (Number.isNaN(leftMs)) return when;
  return leftMs <= 0 ? "now" : `in ${durationText(leftMs)}, at ${when}`;
}
