/**
 * When an instance was last woken or written to from here: all that is known of when Aura will pause it again.
 *
 * @module
 */
import type { OperateContext } from "../context.ts";

/** What counts as use of an instance. */
export type ActivityKind = "wake" | "heartbeat";

/** The last of each kind, in milliseconds since the epoch. */
export type Activity = Readonly<Partial<Record<ActivityKind, number>>>;

/** Two processes may write at once; more often than this, one of them would have to lose each time. */
const TRIES = 10;

/** Remembers a use of the instance. A state file that cannot be written is told of, and is no failure. */
export async function recordActivity(
  context: OperateContext,
  instanceId: string,
  kind: ActivityKind,
  at: number,
): Promise<void> {
  try {
    const { store } = await context.state();
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await store.get(keyOf(instanceId));
      const known = parse(before);
      // A process that was held up must not make the last use an earlier one.
      if ((known[kind] ?? -Infinity) >= at) return;
      const next = JSON.stringify({ ...known, [kind]: at });
      if (await store.compareAndSet(keyOf(instanceId), before, next)) return;
    }
  } catch (error) {
    tell(context, "remember this use of the instance", error);
  }
}

/** What is remembered of the instance: nothing, where nothing was done from here or the state file cannot be read. */
export async function readActivity(context: OperateContext, instanceId: string): Promise<Activity> {
  try {
    const { store } = await context.state();
    return parse(await store.get(keyOf(instanceId)));
  } catch (error) {
    tell(context, "read when the instance was last used", error);
    return {};
  }
}

function keyOf(instanceId: string): string {
  return `activity/${instanceId}`;
}

/** A value that somebody else has written counts as none. */
function parse(text: string | undefined): Activity {
  try {
    const { wake, heartbeat } = Object(JSON.parse(text ?? "{}")) as Record<string, unknown>;
    return {
      ...(Number.isFinite(wake) && { wake: wake as number }),
      ...(Number.isFinite(heartbeat) && { heartbeat: heartbeat as number }),
    };
  } catch {
    return {};
  }
}

function tell(context: OperateContext, what: string, error: unknown): void {
  const { message } = Object(error) as Partial<Error>;
  context.note(`warning: cannot ${what}: ${message ?? String(error)}`);
}
