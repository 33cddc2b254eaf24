/**
 * A GraphQL Data API as the control plane knows it. Neither its keys nor how it signs in to its instance are kept:
 * nothing here would use them.
 *
 * @module
 */
import { z } from "zod";
import type { DataApiProblem } from "./data-api-type-defs.ts";

/** The states. */
export type DataApiStatus =
  | "creating"
  | "updating"
  | "ready"
  | "deleting"
  | "pausing"
  | "paused"
  | "resuming"
  | "error";

/** A way to sign in to a Data API. */
export interface AuthProvider {
  readonly id: string;
  readonly type: "api-key" | "jwks";
  name: string;
  enabled: boolean;
  /** Of a `jwks` only. */
  url?: string | undefined;
}

/** What the operation that is under way ends in. */
export interface DataApiEnd {
  readonly status: "ready" | "error" | "paused" | "gone";
  readonly problems: readonly DataApiProblem[];
}

/** A Data API. */
export interface DataApiRecord {
  readonly id: string;
  readonly instanceId: string;
  name: string;
  /** In base64, as they were sent. */
  typeDefinitions: string;
  subgraph: boolean;
  allowedOrigins: readonly string[];
  providers: readonly AuthProvider[];
  status: DataApiStatus;
  /** When the status began, by the emulator's clock. */
  sinceMs: number;
  /** What GET tells beside the data. */
  problems: readonly DataApiProblem[];
  /** Undefined while nothing is under way. */
  end?: DataApiEnd | undefined;
}

const text = z.string();
const problems = z.array(z.object({ reason: text, message: text }));

/** Data APIs as they are kept. */
export const KEPT_DATA_APIS: z.ZodType<DataApiRecord[]> = z.array(z.object({
  id: text,
  instanceId: text,
  name: text,
  typeDefinitions: text,
  subgraph: z.boolean(),
  allowedOrigins: z.array(text),
  providers: z.array(z.object({
    id: text,
    type: z.enum(["api-key", "jwks"]),
    name: text,
    enabled: z.boolean(),
    url: text.optional(),
  })),
  status: z.enum([
    "creating",
    "updating",
    "ready",
    "deleting",
    "pausing",
    "paused",
    "resuming",
    "error",
  ]),
  sinceMs: z.number(),
  problems,
  end: z.object({ status: z.enum(["ready", "error", "paused", "gone"]), problems }).optional(),
}));
