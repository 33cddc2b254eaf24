/** What an error says about the database behind it. */
export type VerdictKind = "paused-candidate" | "ambiguous" | "not-paused";

/** Whether the failing work may have reached the database. */
export type Reached = "no" | "maybe" | "yes";

/** Why the classifier answers as it does: stable words for logs and tests. */
export type VerdictReason = string;

/** The classifier's answer. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  readonly reached: Reached;
}
