/**
 * Grafeo's failures as Neo4j words them.
 *
 * @module
 */
import { EngineError } from "../engine.js";
/** What a failure's GQLSTATUS or text says, and the Neo4j code for it; the first that fits. */
const RULES = [
    [/^/, /missing parameter/i, "Neo.ClientError.Statement.ParameterMissing"],
    [/^/, /unknown procedure/i, "Neo.ClientError.Procedure.ProcedureNotFound"],
    [
        /^/,
        /(constraint|index).*already exists(?! on)/i,
        schemaCode("EquivalentSchemaRuleAlreadyExists"),
    ],
    [/^/, /(no such|unknown) constraint|constraint .*not found/i, schemaCode("ConstraintDropFailed")],
    [/^/, /(no such|unknown) index|index .*not found/i, schemaCode("IndexDropFailed")],
    [/^/, /constraint violation/i, schemaCode("ConstraintValidationFailed")],
    [/^40/, /^/, "Neo.TransientError.Transaction.DeadlockDetected"],
    [/^42/, /^/, "Neo.ClientError.Statement.SyntaxError"],
    [/^22012|^22003/, /^/, "Neo.ClientError.Statement.ArithmeticError"],
    [/^/, /out of memory|memory limit/i, "Neo.TransientError.General.MemoryPoolOutOfMemoryError"],
    [/^22G0|^22N/, /^/, "Neo.ClientError.Statement.TypeError"],
    [/^22/, /type|cannot (?:compare|convert|be)/i, "Neo.ClientError.Statement.TypeError"],
    [/^22/, /^/, "Neo.ClientError.Statement.ArgumentError"],
];
/** Puts a failure of Grafeo into Neo4j's words; what already is in them passes. */
export function fromGrafeoError(error, complaint) {
    if (error instanceof EngineError)
        return error;
    const raw = error instanceof Error ? error.message : String(error);
    const status = statusOf(error);
    if (complaint !== undefined && status === "22012") {
        return new EngineError("Neo.ClientError.Procedure.ProcedureCallFailed", `Failed to invoke procedure \`apoc.util.validate\`: Caused by: java.lang.RuntimeException: ${complaint}`, { cause: error });
    }
    const rule = RULES.find(([statuses, texts]) => statuses.test(status) && texts.test(raw));
    return new EngineError(rule?.[2] ?? "Neo.DatabaseError.Statement.ExecutionFailed", clean(raw), {
        cause: error,
    });
}
function statusOf(error) {
    if (typeof error !== "object" || error === null)
        return "";
    const status = error["gqlStatus"];
    return typeof status === "string" ? status : "";
}
/** Without the engine's own numbering: a reader looks for the words. */
function clean(message) {
    return message.replace(/^(?:[A-Z]\w+ error: )?(?:GRAFEO-\w+: )?/, "")
        .replace(/^(?:syntax|semantic|execution) error: (?:\[Cypher\] )?/, "")
        .replace(/^Invalid value: /, "")
        .replace("--> query:", "at line ");
}
function schemaCode(name) {
    return `Neo.ClientError.Schema.${name}`;
}
