/**
 * A snapshot, as tools show it.
 *
 * @module
 */
import { z } from "zod";
import type { Snapshot } from "../../../src/aura/snapshot.ts";

/** What is known of one. */
export const SNAPSHOT: {
  readonly snapshot_id: z.ZodString;
  readonly status: z.ZodString;
  readonly timestamp: z.ZodOptional<z.ZodString>;
  readonly profile: z.ZodOptional<z.ZodString>;
  readonly exportable: z.ZodOptional<z.ZodBoolean>;
} = {
  snapshot_id: z.string(),
  status: z.string(),
  timestamp: z.string().optional(),
  profile: z.string().optional(),
  exportable: z.boolean().optional(),
};

/** A snapshot with these fields alone. */
export interface SnapshotView {
  readonly snapshot_id: string;
  readonly status: string;
  readonly timestamp?: string | undefined;
  readonly profile?: string | undefined;
  readonly exportable?: boolean | undefined;
}

/** Takes what a tool shows. */
export function snapshotView(
  { snapshot_id, status, timestamp, profile, exportable }: Snapshot,
): SnapshotView {
  return { snapshot_id, status, timestamp, profile, exportable };
}
