/**
 * `aura-wake snapshots list`
 *
 * @module
 */
import { snapshotsOf } from "../../operate/instances/find-snapshot.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { dayOf, daysUntil } from "../../operate/text/days.ts";
import { type Command, defineCommand } from "../command.ts";
import { parseDay } from "../input/parse-day.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { SNAPSHOT_COLUMNS, SNAPSHOT_INSTANCE_FLAG } from "../instances/snapshot-view.ts";

/** Aura keeps none longer, and each day is a request. */
const LONGEST_DAYS = 90;

/** Lists the snapshots of one day or of several, the newest one first. */
export const snapshotsList: Command = defineCommand({
  args: {
    instance: SNAPSHOT_INSTANCE_FLAG,
    date: {
      type: "string",
      valueHint: "YYYY-MM-DD",
      description: "The day, in UTC; with --days, the last one (default: today)",
    },
    days: { type: "string", valueHint: "count", description: "How many days (default: 1)" },
  },
  async run(context, { instance: named, date, days }) {
    const count = days === undefined
      ? 1
      : parseWholeNumber("--days", days, { least: 1, most: LONGEST_DAYS });
    const last = date === undefined ? dayOf(context.io.clock.now()) : parseDay("--date", date);
    const aura = await context.aura();
    const instance = await context.instance(named);
    const found = await snapshotsOf(aura, instance.id, daysUntil(last, count), context.signal);
    const when = count === 1 ? `on ${last}` : `in the ${count} days until ${last}`;
    context.print.list(
      found,
      SNAPSHOT_COLUMNS,
      `There are no snapshots of ${instanceLabel(instance)} ${when}`,
    );
  },
});
