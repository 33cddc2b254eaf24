/**
 * What the Query API answers.
 *
 * @module
 */
import type { Counters, EngineResult } from "../engine/engine.ts";
import { failureOf } from "../failure.ts";
import { toPlain } from "./plain-values.ts";
import { toTyped } from "./typed-values.ts";

type Plan = Readonly<Record<string, unknown>>;

const COUNTERS = [
  "nodes-created",
  "nodes-deleted",
  "properties-set",
  "relationships-created",
  "relationships-deleted",
  "labels-added",
  "labels-removed",
  "indexes-added",
  "indexes-removed",
  "constraints-added",
  "constraints-removed",
] as const;

const STATUSES: readonly (readonly [start: string, status: number])[] = [
  ["Neo.ClientError.Security.Unauthorized", 401],
  ["Neo.ClientError.Security.", 403],
  ["Neo.ClientError.Database.DatabaseNotFound", 404],
  ["Neo.ClientError.Transaction.TransactionNotFound", 404],
  ["Neo.ClientError.", 400],
  ["Neo.TransientError.General.DatabaseUnavailable", 503],
];

/** The status for a request that was not accepted at all. */
export function statusOf(error: unknown): number {
  const { code } = failureOf(error);
  return STATUSES.find(([start]) => code.startsWith(start))?.[1] ?? 500;
}

/** The body for something that went wrong. */
export function bodyOfError(error: unknown): Record<string, unknown> {
  return { errors: [failureOf(error)] };
}

/** The body for a result. */
export function bodyOfResult(
  result: EngineResult,
  options: { readonly isTyped: boolean; readonly includeCounters: boolean },
): Record<string, unknown> {
  const form = options.isTyped ? toTyped : toPlain;
  const planKey = result.plan !== undefined && "rows" in result.plan
    ? "profiledQueryPlan"
    : "queryPlan";
  return {
    data: { fields: result.columns, values: result.rows.map((row) => row.map(form)) },
    ...(options.includeCounters ? { counters: countersOf(result.counters) } : {}),
    ...(result.plan === undefined ? {} : { [planKey]: planOf(result.plan) }),
  };
}

/** What Bolt calls `args` has its whole name here. */
function planOf({ args, children = [], ...rest }: Plan): Record<string, unknown> {
  return { ...rest, arguments: args, children: (children as Plan[]).map(planOf) };
}

function countersOf(counters: Counters): Record<string, unknown> {
  const counts = COUNTERS.map((name) => [
    name.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase()),
    BigInt(counters[name] ?? 0),
  ]);
  return {
    containsUpdates: Object.keys(counters).length > 0,
    ...Object.fromEntries(counts),
    containsSystemUpdates: false,
    systemUpdates: 0n,
  };
}
