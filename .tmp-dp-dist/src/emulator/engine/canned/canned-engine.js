/**
 * The engine without native code: it runs no Cypher, but answers what a health check asks, and what it was told to answer.
 *
 * @module
 */
import { EngineError, } from "../engine.js";
import { readShape } from "../cypher-text.js";
import { fromPlain } from "../values.js";
import { answerComponents, answerHeartbeat, answerReturn } from "./built-in-answers.js";
/**
 * Makes an engine of prepared answers. Built in are `RETURN` of literals and parameters, `dbms.components` and a `MERGE … SET`
 * without anything to return, which is what a heartbeat writes.
 *
 * @throws EngineError `Neo.DatabaseError.Statement.ExecutionFailed` from `run`, for any other query
 */
export function cannedEngine(options = {}) {
    return new CannedEngine(options.answers ?? {});
}
class CannedEngine {
    name = "canned";
    #answers;
    constructor(answers) {
        this.#answers = answers;
    }
    begin(access) {
        return Promise.resolve({
            run: (query) => this.#run(query, access),
            commit: () => Promise.resolve(),
            rollback: () => Promise.resolve(),
        });
    }
    close() {
        return Promise.resolve();
    }
    async #run(query, access) {
        const shape = readShape(query.cypher);
        if (shape.writes && (access === "read" || query.access === "read")) {
            throw new EngineError("Neo.ClientError.Statement.AccessMode", "Writing in read access mode not allowed.");
        }
        const rows = await this.#lookUp(query);
        if (rows !== undefined)
            return resultOf(rows, shape.writes);
        const body = shape.body.replace(/[\s;]+$/, "");
        const known = answerComponents(body) ?? answerHeartbeat(body) ??
            answerReturn(body, query.parameters);
        if (known !== undefined)
            return known;
        throw new EngineError("Neo.DatabaseError.Statement.ExecutionFailed", `Cannot run this query: the canned engine runs no Cypher. Give it an answer for the query, or install @grafeo-db/js. Query: ${query.cypher}`);
    }
    async #lookUp(query) {
        if (typeof this.#answers === "function")
            return await this.#answers(query);
        const wanted = oneSpace(query.cypher);
        return Object.entries(this.#answers).find(([cypher]) => oneSpace(cypher) === wanted)?.[1];
    }
}
function resultOf(rows, writes) {
    const columns = Object.keys(rows[0] ?? {});
    return {
        columns,
        rows: rows.map((row) => columns.map((column) => fromPlain(row[column]))),
        type: writes ? (columns.length > 0 ? "rw" : "w") : "r",
        counters: {},
    };
}
function oneSpace(cypher) {
    return cypher.trim().replaceAll(/\s+/g, " ");
}
