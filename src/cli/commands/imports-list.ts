/**
 * `aura-wake imports list`
 *
 * @module
 */
import { findRecords, type RecordFilter } from "../../operate/imports/find-records.ts";
import { recordView } from "../../operate/imports/record-view.ts";
import { refreshRecords } from "../../operate/imports/refresh-records.ts";
import { tellUnconfirmed } from "../../operate/imports/unconfirmed.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { didYouMean } from "../../operate/text/nearest.ts";
import { wordList } from "../../operate/text/word-list.ts";
import { JOB_STATES, type JobState } from "../../store/journal.ts";
import { type Command, defineCommand } from "../command.ts";
import { JOB_COLUMNS } from "../imports/import-view.ts";
import { parseDuration } from "../input/parse-duration.ts";
import { parseWholeNumber } from "../input/whole-number.ts";

const EMPTY =
  "No such import job is known: only those are that were started from here, since the Aura API has no list of them";

/** Lists the import jobs that were started from here; nobody is asked. */
export const importsList: Command = defineCommand({
  args: {
    instance: {
      type: "string",
      valueHint: "id|name",
      description: "Only those into this instance (default: all)",
    },
    state: {
      type: "string",
      valueHint: "state,…",
      description: `Only those in one of these states: ${JOB_STATES.join(", ")} (default: all)`,
    },
    since: {
      type: "string",
      valueHint: "duration",
      description: "Only those started within this time, such as 7d (default: all)",
    },
    limit: {
      type: "string",
      valueHint: "count",
      default: "50",
      description: "Show so many at most, the latest ones (default: 50)",
    },
    all: { type: "boolean", description: "Show more than --limit" },
    refresh: { type: "boolean", description: "Ask Aura first how those stand that are not over" },
  },
  async run(context, { instance, state, since, limit, all, refresh }) {
    const most = parseWholeNumber("--limit", limit, { least: 1, most: 100_000 });
    const filter: RecordFilter = {
      instance,
      states: state === undefined ? undefined : readStates(state),
      since: since === undefined
        ? undefined
        : context.io.clock.now() - parseDuration("--since", since),
    };
    // Whatever state is wanted: what runs now may have been something else when it was written down.
    if (refresh) await refreshRecords(context, filter.since);
    const { journal } = await context.state();
    const { records, hasMore } = await findRecords(journal, filter, all ? Infinity : most);
    if (context.print.format === "table") context.print.list(records, JOB_COLUMNS, EMPTY);
    else {
      context.print.list(records.map(recordView), {});
      if (records.length === 0) context.note(EMPTY);
    }
    if (hasMore) context.note(`These are the latest ${most}; --all shows the others too`);
    if (!refresh && records.some(({ state }) => state === "submitted" || state === "running")) {
      context.note("These states are the last that were seen from here; --refresh asks Aura");
    }
    tellUnconfirmed(context, records);
  },
});

function readStates(text: string): JobState[] {
  return text.split(",").map((word) => {
    const wanted = word.trim().toLowerCase();
    const state = JOB_STATES.find((each) => each === wanted);
    if (state !== undefined) return state;
    throw new OperateError(
      "USAGE",
      `Cannot read the arguments: --state must be ${wordList(JOB_STATES)}, got "${word}"`,
      didYouMean(wanted, JOB_STATES),
    );
  });
}
