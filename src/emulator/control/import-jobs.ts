/**
 * All import jobs of one local Aura, and what becomes of them with time.
 *
 * @module
 */
import type { EmulatedInstance } from "../instance.ts";
import type { JsonValue, Persisted, Persistence } from "../persist.ts";
import { doorsFor } from "../statuses.ts";
import type { Timeline } from "../timeline.ts";
import { courseOf, type ImportJobRecord, KEPT_IMPORT_JOBS, STAGES } from "./import-job.ts";
import type { WantedImport } from "./import-job-requests.ts";
import { type ImportOutcome, ImportScripts } from "./import-job-script.ts";
import { statementsOf, writeImport } from "./import-job-write.ts";

/** What they live on. */
export interface ImportJobsOptions {
  readonly timeline: Timeline;
  readonly persistence: Persistence;
  /** How long a job takes that no script says it of. */
  readonly importMs: number;
  readonly instance: (id: string) => EmulatedInstance | undefined;
}

const BUSY = "Aura instance is used in another import";
/** A cancellation takes this part of the whole time. */
const CANCEL_PART = 0.1;

/** The import jobs, by id. */
export class ImportJobs implements Persisted {
  readonly scripts: ImportScripts = new ImportScripts();
  readonly #options: ImportJobsOptions;
  readonly #jobs = new Map<string, ImportJobRecord>();
  readonly #planned = new Map<string, () => void>();
  readonly #writing = new Set<Promise<void>>();

  constructor(options: ImportJobsOptions) {
    this.#options = options;
  }

  /** All of them, the oldest first. */
  all(): readonly ImportJobRecord[] {
    return [...this.#jobs.values()];
  }

  find(id: string): ImportJobRecord | undefined {
    return this.#jobs.get(id);
  }

  /** Takes a job in. Whether it can begin shows later: the API takes every one. */
  add(wanted: WantedImport, projectId: string): ImportJobRecord {
    const { timeline, importMs } = this.#options;
    const { modelId, instanceId, importType } = wanted;
    const isBusy = this.all().some((job) =>
      job.instanceId === instanceId && job.state !== "Completed" && job.refusal === undefined
    );
    // One that will never begin leaves the scripts to those that will.
    const script = isBusy ? undefined : this.scripts.take(modelId, instanceId);
    const now = timeline.now();
    const job: ImportJobRecord = {
      id: crypto.randomUUID(),
      projectId,
      modelId,
      instanceId,
      importType,
      course: courseOf(script, importMs),
      refusal: isBusy ? BUSY : script === undefined ? this.#wrongLogin(wanted) : undefined,
      submittedMs: now,
      state: "SecretCreated",
      sinceMs: now,
      isWriting: false,
    };
    this.#jobs.set(job.id, job);
    this.#planNext(job);
    return job;
  }

  /** The job ends soon, unless its data are being written already. */
  cancel(job: ImportJobRecord): void {
    job.cancelRequestedMs = this.#options.timeline.now();
    if (!job.isWriting) this.#planCancellation(job, job.cancelRequestedMs);
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  save(): JsonValue {
    // What is undefined is left out by JSON.
    return this.all() as unknown as JsonValue;
  }

  load(value: JsonValue): void {
    for (const job of KEPT_IMPORT_JOBS.parse(value)) {
      this.#jobs.set(job.id, job);
      if (job.state === "Completed") continue;
      if (job.isWriting) {
        const message =
          "The local Aura ended while it wrote the data of this job: they may be there or not";
        this.#complete(job, "Failure", message);
      } else if (job.cancelRequestedMs !== undefined) {
        this.#planCancellation(job, job.cancelRequestedMs);
      } else {
        this.#planNext(job);
      }
    }
  }

  /** Only Free and Virtual Dedicated Cloud instances are signed in to with what the job brings. */
  #wrongLogin({ instanceId, user, password }: WantedImport): string | undefined {
    const instance = this.#options.instance(instanceId);
    const isAsked = instance?.isFree || instance?.record.type === "enterprise-db";
    if (!isAsked || instance.setup.behind.kind === "upstream") return undefined;
    const { login } = instance;
    return user === login.username && password === login.password
      ? undefined
      : "The client is unauthorized due to authentication failure.";
  }

  #planNext(job: ImportJobRecord): void {
    const next = STAGES[STAGES.findIndex(([state]) => state === job.state) + 1];
    if (next === undefined) return;
    const [state, part] = next;
    this.#plan(job, job.submittedMs + job.course.durationMs * part, () => {
      if (state === "Completed") return this.#end(job);
      if (state === "Running") {
        const refusal = job.refusal ?? this.#notRunning(job);
        if (refusal !== undefined) return this.#complete(job, "Failure", refusal);
        job.startedMs = this.#options.timeline.now();
      }
      this.#set(job, state);
      this.#planNext(job);
    });
  }

  #planCancellation(job: ImportJobRecord, askedMs: number): void {
    this.#plan(job, askedMs + job.course.durationMs * CANCEL_PART, () => {
      this.#complete(job, "Cancelled", "Cancelled");
    });
  }

  /** In the place of what was planned for the job before. */
  #plan(job: ImportJobRecord, atMs: number, action: () => void | Promise<void>): void {
    const { timeline } = this.#options;
    this.#planned.get(job.id)?.();
    const cancel = timeline.after(atMs - timeline.now(), () => {
      this.#planned.delete(job.id);
      return action();
    });
    this.#planned.set(job.id, cancel);
  }

  #notRunning({ instanceId }: ImportJobRecord): string | undefined {
    const status = this.#options.instance(instanceId)?.life.status ?? "gone";
    return status === "gone" || doorsFor(status) === "shut"
      ? `Aura instance is not running: ${status}`
      : undefined;
  }

  async #end(job: ImportJobRecord): Promise<void> {
    const { outcome, message } = job.course;
    if (outcome !== "Success") {
      if (outcome === "Cancelled") job.cancelRequestedMs = this.#options.timeline.now();
      return this.#complete(job, outcome, message);
    }
    const refusal = this.#notRunning(job);
    const instance = this.#options.instance(job.instanceId);
    if (instance === undefined || refusal !== undefined) {
      return this.#complete(job, "Failure", refusal ?? "");
    }
    const work = this.#write(job, instance);
    this.#writing.add(work);
    await work;
    this.#writing.delete(work);
  }

  /** Never rejects: what goes wrong is the job's end. */
  async #write(job: ImportJobRecord, instance: EmulatedInstance): Promise<void> {
    const { persistence } = this.#options;
    const statements = statementsOf(job, instance);
    let failure: string | undefined;
    if (statements.length > 0) {
      job.isWriting = true;
      persistence.changed();
      try {
        // Written down before, so that nothing is written twice after a crash.
        await persistence.flush();
        await writeImport(statements, instance);
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      job.isWriting = false;
    }
    if (failure === undefined) this.#complete(job, "Success", job.course.message);
    else this.#complete(job, "Failure", failure);
  }

  #complete(job: ImportJobRecord, state: ImportOutcome, message: string): void {
    job.exit = { state, message };
    this.#set(job, "Completed");
    job.completedMs = job.sinceMs;
  }

  #set(job: ImportJobRecord, state: ImportJobRecord["state"]): void {
    job.state = state;
    job.sinceMs = this.#options.timeline.now();
    this.#options.persistence.changed();
  }
}
