/**
 * An import job as the control plane knows it, and how far it is.
 *
 * @module
 */
import { z } from "zod";
import type {
  ImportDataSource,
  ImportedNodes,
  ImportedRelationships,
  ImportOutcome,
  ImportScript,
} from "./import-job-script.ts";

/** The states. */
export type ImportState =
  | "SecretCreated"
  | "ModelConfigMapOwnerUpdated"
  | "Queued"
  | "Running"
  | "Completed";

/** What will become of a job. */
export interface ImportCourse {
  readonly outcome: ImportOutcome;
  readonly message: string;
  readonly durationMs: number;
  readonly nodes: readonly ImportedNodes[];
  readonly relationships: readonly ImportedRelationships[];
  readonly dataSource: Required<ImportDataSource>;
  readonly cypher: readonly string[];
}

/** A job. All times are of the emulator's clock. How it signs in to the database is not kept. */
export interface ImportJobRecord {
  readonly id: string;
  readonly projectId: string;
  readonly modelId: string;
  readonly instanceId: string;
  readonly importType: "online" | "bulk";
  readonly course: ImportCourse;
  /** Why it will fail before it begins, as far as its creation told. */
  readonly refusal?: string | undefined;
  readonly submittedMs: number;
  state: ImportState;
  /** When the state began. */
  sinceMs: number;
  startedMs?: number | undefined;
  completedMs?: number | undefined;
  cancelRequestedMs?: number | undefined;
  exit?: { readonly state: ImportOutcome; readonly message: string } | undefined;
  /** Its data are being written: whoever finds this after a crash cannot know whether they are there. */
  isWriting: boolean;
}

/** When a state begins, as a part of the whole time. */
export const STAGES: readonly (readonly [ImportState, number])[] = [
  ["SecretCreated", 0],
  ["ModelConfigMapOwnerUpdated", 0.1],
  ["Queued", 0.2],
  ["Running", 0.3],
  ["Completed", 1],
];

const RUNNING_PART = 0.7;
const DEFAULT_MESSAGES: Readonly<Record<ImportOutcome, string>> = {
  Success: "",
  Failure: "The import failed",
  Cancelled: "Cancelled",
};

/** Fills in what a script leaves out. */
export function courseOf(script: ImportScript | undefined, importMs: number): ImportCourse {
  const { outcome = "Success", dataSource = {}, cypher = [] } = script ?? {};
  return {
    outcome,
    message: script?.message ?? DEFAULT_MESSAGES[outcome],
    durationMs: script?.durationMs ?? importMs,
    nodes: script?.nodes ?? [{ labels: ["Imported"], rows: 100 }],
    relationships: script?.relationships ?? [{ type: "IMPORTED", rows: 200 }],
    dataSource: {
      id: dataSource.id ?? "33333333-4444-4555-8666-777777777777",
      type: dataSource.type ?? "postgresql",
      name: dataSource.name ?? "LOCAL_DATA_SOURCE",
    },
    cypher: typeof cypher === "string" ? [cypher] : cypher,
  };
}

/** Which part of the rows has been read: all of them for a success in the end, at most half for everything else. */
export function doneShare(job: ImportJobRecord, nowMs: number): number {
  const { course, startedMs, completedMs, exit } = job;
  if (exit?.state === "Success") return 1;
  if (startedMs === undefined) return 0;
  const wholeMs = course.durationMs * RUNNING_PART;
  const passedMs = (completedMs ?? nowMs) - startedMs;
  const share = wholeMs > 0 ? Math.min(1, passedMs / wholeMs) : 1;
  return share * (course.outcome === "Success" ? 1 : 0.5);
}

const text = z.string();
const time = z.number();
const outcome = z.enum(["Success", "Failure", "Cancelled"]);

/** Jobs as they are kept. */
export const KEPT_IMPORT_JOBS: z.ZodType<ImportJobRecord[]> = z.array(z.object({
  id: text,
  projectId: text,
  modelId: text,
  instanceId: text,
  importType: z.enum(["online", "bulk"]),
  course: z.object({
    outcome,
    message: text,
    durationMs: time,
    nodes: z.array(z.object({ labels: z.array(text), rows: z.number() })),
    relationships: z.array(z.object({ type: text, rows: z.number() })),
    dataSource: z.object({ id: text, type: text, name: text }),
    cypher: z.array(text),
  }),
  refusal: text.optional(),
  submittedMs: time,
  state: z.enum(["SecretCreated", "ModelConfigMapOwnerUpdated", "Queued", "Running", "Completed"]),
  sinceMs: time,
  startedMs: time.optional(),
  completedMs: time.optional(),
  cancelRequestedMs: time.optional(),
  exit: z.object({ state: outcome, message: text }).optional(),
  isWriting: z.boolean(),
}));
