import { failureOf } from "../failure.js";
import { toPlain } from "./plain-values.js";
import { toTyped } from "./typed-values.js";
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
];
const STATUSES = [
    ["Neo.ClientError.Security.Unauthorized", 401],
    ["Neo.ClientError.Security.", 403],
    ["Neo.ClientError.Database.DatabaseNotFound", 404],
    ["Neo.ClientError.Transaction.TransactionNotFound", 404],
    ["Neo.ClientError.", 400],
    ["Neo.TransientError.General.DatabaseUnavailable", 503],
];
/** The status for a request that was not accepted at all. */
export function statusOf(error) {
    const { code } = failureOf(error);
    return STATUSES.find(([start]) => code.startsWith(start))?.[1] ?? 500;
}
/** The body for something that went wrong. */
export function bodyOfError(error) {
    return { errors: [failureOf(error)] };
}
/** The body for a result. */
export function bodyOfResult(result, options) {
    const form = options.isTyped ? toTyped : toPlain;
    const planKey = result.plan !== undefined && "rows" in result.plan
        ? "profiledQueryPlan"
        : "queryPlan";
    return {
        data: { fields: result.columns, values: result.rows.map((row) => row.map(form)) },
        ...(options.includeCounters ? { counters: countersOf(result.counters) } : {}),
        ...(result.plan === undefined ? {} : { [planKey]: result.plan }),
    };
}
function countersOf(counters) {
    const counts = COUNTERS.map((name) => [
        name.replace(/-(\w)/, (_, letter) => letter.toUpperCase()),
        BigInt(counters[name] ?? 0),
    ]);
    return {
        containsUpdates: Object.keys(counters).length > 0,
        ...Object.fromEntries(counts),
        containsSystemUpdates: false,
        systemUpdates: 0n,
    };
}
