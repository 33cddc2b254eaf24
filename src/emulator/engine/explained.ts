/**
 * What EXPLAIN gives where no engine plans: one step, and who takes its rows.
 *
 * @module
 */
import type { EngineResult, QueryType } from "./engine.ts";

/** The step, named as Neo4j names it. */
export interface ExplainedStep {
  readonly type: QueryType;
  /** "ShowIndexes" */
  readonly operator: string;
  /** @default nothing */
  readonly details?: string | undefined;
}

/** Makes the result; nothing has run. */
export function explained({ type, operator, details = "" }: ExplainedStep): EngineResult {
  return {
    columns: [],
    rows: [],
    type,
    counters: {},
    plan: planStep("ProduceResults", "", [planStep(operator, details, [])]),
  };
}

/** One step of a plan, as Bolt's summary holds it. */
export function planStep(
  operator: string,
  details: string,
  children: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  return {
    operatorType: `${operator}@neo4j`,
    args: { Details: details },
    identifiers: [],
    children,
  };
}
