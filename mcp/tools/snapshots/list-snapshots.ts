/**
 * `list_snapshots`
 *
 * @module
 */
import { z } from "zod";
import { INSTANCE, pageInput } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { SNAPSHOT, snapshotView } from "./snapshot-view.ts";

/** Aura keeps none much longer, and each day is a request. */
const MOST_DAYS = 31;
/** As long as Aura keeps the daily ones of most instances. */
const DAYS = 7;

/** The pattern of a date would be the longest part of the schema. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const listSnapshots: Tool = defineTool({
  name: "list_snapshots",
  title: "List snapshots",
  description:
    "Lists snapshots of an instance, the newest one first, with id, status and time. restore_snapshot needs one that is Completed; exportable ones can be cloned and overwritten from. Each day is a request to Aura.",
  toolset: "snapshots",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    instance: INSTANCE,
    date: z.string().max(10).refine(isDay, "must be a day such as 2026-02-04").optional().describe(
      'Last day, in UTC, such as "2026-02-04"; else today',
    ),
    days: z.int().min(1).max(MOST_DAYS).default(DAYS).describe("How many days up to that one"),
    ...pageInput(50),
  }),
  output: z.object({
    snapshots: z.array(z.object(SNAPSHOT)),
    total: z.number(),
    next_cursor: z.string().optional(),
  }),
  async run(call, { instance: named, date, days, limit, cursor }) {
    const [{ snapshotsOf }, { dayOf, daysUntil }, { instanceLabel }, { page }] = await Promise.all([
      import("../../../src/operate/instances/find-snapshot.ts"),
      import("../../../src/operate/text/days.ts"),
      import("../../../src/operate/instances/instance-label.ts"),
      import("../../output/page.ts"),
    ]);
    const instance = await call.instance(named);
    const last = date ?? dayOf(call.clock.now());
    const { created_at: born } = instance;
    const wanted = daysUntil(last, days)
      // Nobody has to be asked about the days before its birth.
      .filter((day, index) => index === 0 || born === undefined || day >= born.slice(0, 10));
    const found = await snapshotsOf(await call.aura(), instance.id, wanted, call.signal);
    if (found.length === 0) {
      const when = days === 1 ? `on ${last}` : `in the ${days} days until ${last}`;
      call.note(`There are no snapshots of ${instanceLabel(instance)} ${when}`);
    }
    const { items, ...rest } = page(found, { limit, cursor });
    return { snapshots: items.map(snapshotView), ...rest };
  },
});
