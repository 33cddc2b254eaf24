/**
 * The journal in a SQLite file.
 *
 * @module
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import {
  duplicateKey,
  ENDED_STATES,
  type JobPage,
  type JobQuery,
  type JobRecord,
  type Journal,
  readPageLimits,
  toPage,
} from "./journal.ts";
import { fromText, toText } from "./sqlite-text.ts";
import type { UseFile } from "./sqlite-trouble.ts";

interface Row {
  readonly key: string;
  readonly kind: JobRecord["kind"];
  readonly instance_id: string;
  readonly instance_name: string | null;
  readonly organization_id: string;
  readonly project_id: string;
  readonly model_id: string;
  readonly import_type: JobRecord["importType"];
  readonly state: JobRecord["state"];
  readonly job_id: string | null;
  readonly message: string | null;
  readonly percent: number | null;
  readonly started_at: number;
  readonly updated_at: number;
}

/** Makes the journal over an open file. */
export function sqliteJournal(database: DatabaseSync, use: UseFile): Journal {
  const ended = ENDED_STATES.map((state) => `'${state}'`).join(", ");
  const statements = {
    append: database.prepare(
      `INSERT INTO jobs (key, kind, instance_id, instance_name, organization_id, project_id, model_id, import_type, state,
         job_id, message, percent, started_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    ),
    // Its state is looked up where it is changed, so that no other process comes between.
    update: database.prepare(
      `UPDATE jobs SET state = coalesce(?, state), job_id = coalesce(?, job_id), message = coalesce(?, message),
         percent = coalesce(?, percent), updated_at = ?
       WHERE key = ? AND state NOT IN (${ended}) AND state = coalesce(?, state)`,
    ),
    get: database.prepare("SELECT * FROM jobs WHERE key = ?"),
    findByJob: database.prepare("SELECT * FROM jobs WHERE job_id = ?"),
  };

  function append(record: JobRecord): void {
    const { key, kind, instanceId, organizationId, projectId, modelId, importType } = record;
    const { state, startedAt, updatedAt } = record;
    const { jobId = null, percent = null } = record;
    const [instanceName, message] = [textOrNull(record.instanceName), textOrNull(record.message)];
    const { changes } = statements.append.run(
      ...[key, kind, instanceId, instanceName, organizationId, projectId, modelId, importType],
      ...[state, jobId, message, percent, startedAt, updatedAt],
    );
    if (Number(changes) === 0) throw duplicateKey(key);
  }

  const get = (key: string): JobRecord | undefined =>
    toRecord(statements.get.get(key) as Row | undefined);

  return {
    append: (record) => use(() => append(record)),
    update: (key, changes, from) =>
      use(() => {
        const { state = null, jobId = null, percent = null, updatedAt } = changes;
        const message = textOrNull(changes.message);
        statements.update.run(state, jobId, message, percent, updatedAt, key, from ?? null);
        return get(key);
      }),
    get: (key) => use(() => get(key)),
    findByJob: (jobId) => use(() => toRecord(statements.findByJob.get(jobId) as Row | undefined)),
    find: (query) => use(() => find(database, query)),
  };
}

function find(database: DatabaseSync, query: JobQuery = {}): JobPage {
  const { instanceId, states, since, until } = query;
  const { limit, after } = readPageLimits(query);
  const conditions: string[] = ["true"];
  const values: SQLInputValue[] = [];

  function where(condition: string, ...given: readonly SQLInputValue[]): void {
    conditions.push(condition);
    values.push(...given);
  }

  if (instanceId !== undefined) where("instance_id = ?", instanceId);
  if (states !== undefined) where(`state IN (${states.map(() => "?").join(", ")})`, ...states);
  if (since !== undefined) where("started_at >= ?", since);
  if (until !== undefined) where("started_at < ?", until);
  if (after !== undefined) where("(started_at, key) < (?, ?)", after.startedAt, after.key);
  // One more than is wanted tells whether there is another page.
  const rows = database.prepare(
    `SELECT * FROM jobs WHERE ${
      conditions.join(" AND ")
    } ORDER BY started_at DESC, key DESC LIMIT ?`,
  ).all(...values, limit + 1) as unknown as Row[];
  return toPage(rows.flatMap((row) => toRecord(row) ?? []), limit);
}

/** Ids stay as they are, so that they sort; what people have written may be any text. */
function textOrNull(text: string | undefined): string | null {
  return text === undefined ? null : toText(text);
}

/** What was never set is not there, so that all journals give the same. */
function toRecord(row: Row | undefined): JobRecord | undefined {
  return row && {
    key: row.key,
    kind: row.kind,
    instanceId: row.instance_id,
    ...(row.instance_name !== null && { instanceName: fromText(row.instance_name) }),
    organizationId: row.organization_id,
    projectId: row.project_id,
    modelId: row.model_id,
    importType: row.import_type,
    state: row.state,
    ...(row.job_id !== null && { jobId: row.job_id }),
    ...(row.message !== null && { message: fromText(row.message) }),
    ...(row.percent !== null && { percent: row.percent }),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
  };
}
