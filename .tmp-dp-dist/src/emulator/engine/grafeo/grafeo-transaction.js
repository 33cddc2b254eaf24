import { readShape, tokenize } from "../cypher-text.js";
import { EngineError, } from "../engine.js";
import { readArrowTypes } from "./arrow-types.js";
import { countChanges, countSchema } from "./counters.js";
import { fromGrafeo } from "./from-grafeo.js";
import { fromGrafeoError } from "./grafeo-errors.js";
import { planFromProfile, planFromText } from "./plan.js";
import { rewriteForGrafeo } from "./rewrite.js";
import { showSchema } from "./show-schema.js";
import { bindParameters } from "./to-grafeo.js";
/** A transaction; its calls are run in their order. */
export class GrafeoTransaction {
    #database;
    #lock;
    #access;
    #writing;
    #release;
    #ended = false;
    #last = Promise.resolve();
    constructor(database, lock, access) {
        this.#database = database;
        this.#lock = lock;
        this.#access = access;
    }
    run(query) {
        return this.#next(async () => {
            if (this.#ended)
                throw closed();
            return await this.#run(query);
        });
    }
    commit() {
        return this.#next(() => {
            if (this.#ended)
                throw closed();
            this.#end((writing) => writing.commit());
        });
    }
    rollback() {
        return this.#next(() => {
            if (!this.#ended)
                this.#end((writing) => writing.rollback());
        });
    }
    async #run(query) {
        const shape = readShape(query.cypher);
        refuse(shape, this.#access === "read" ? "read" : query.access);
        const rewritten = rewriteForGrafeo(shape.body);
        try {
            if (shape.mode === "explain")
                return await this.#explain(shape, rewritten, query);
            const shown = await showSchema(shape.body, this.#target);
            if (shown !== undefined)
                return shown;
            if (shape.writes && this.#writing === undefined) {
                this.#release = await this.#lock.acquire();
                this.#writing = this.#database.beginTransaction();
            }
            const before = shape.changesSchema ? await countSchema(this.#target) : undefined;
            const raw = await this.#execute(rewritten.cypher, query.parameters);
            const columns = rewritten.finishes ? [] : raw.columns;
            return {
                columns,
                rows: rewritten.finishes ? [] : rowsOf(raw),
                type: typeOf(shape, columns.length),
                counters: await countChanges(raw, before, this.#target),
                plan: shape.mode === "profile" ? await this.#profile(shape, rewritten, query) : undefined,
            };
        }
        catch (error) {
            throw fromGrafeoError(error, rewritten.complaint);
        }
    }
    async #explain(shape, rewritten, query) {
        const raw = await this.#execute(`EXPLAIN ${rewritten.cypher}`, query.parameters);
        const text = raw.scalar();
        const plan = planFromText(typeof text === "string" ? text : "");
        return { columns: [], rows: [], type: typeOf(shape, 1), counters: {}, plan };
    }
    /** A read is run once more for its profile; a write is not, and shows its plan. */
    async #profile(shape, rewritten, query) {
        if (shape.writes)
            return (await this.#explain(shape, rewritten, query)).plan;
        const raw = await this.#execute(`PROFILE ${rewritten.cypher}`, query.parameters);
        return raw.profile === null ? undefined : planFromProfile(raw.profile.root);
    }
    get #target() {
        return this.#writing ?? this.#database;
    }
    async #execute(cypher, parameters) {
        const bound = bindParameters(cypher, parameters);
        return await this.#target.executeCypher(bound.cypher, bound.parameters);
    }
    #end(finish) {
        this.#ended = true;
        const writing = this.#writing;
        this.#writing = undefined;
        try {
            if (writing !== undefined)
                finish(writing);
        }
        catch (error) {
            throw fromGrafeoError(error);
        }
        finally {
            this.#release?.();
        }
    }
    #next(step) {
        const result = this.#last.then(step, step);
        this.#last = result.catch(() => { });
        return result;
    }
}
function refuse(shape, access) {
    if (shape.writes && access === "read" && shape.mode !== "explain") {
        throw new EngineError("Neo.ClientError.Statement.AccessMode", "Writing in read access mode not allowed.");
    }
    if (!/\bload\s+csv\b/i.test(shape.body))
        return;
    const words = tokenize(shape.body).map((token) => token.text.toUpperCase());
    if (words.some((word, index) => word === "LOAD" && words[index + 1] === "CSV")) {
        throw new EngineError("Neo.ClientError.Statement.ExternalResourceFailed", "Cannot load the external resource: the emulator reads no files and no addresses.");
    }
}
function typeOf(shape, columns) {
    if (shape.changesSchema)
        return "s";
    if (!shape.writes)
        return "r";
    return columns > 0 ? "rw" : "w";
}
function rowsOf(raw) {
    if (raw.length === 0)
        return [];
    const types = typesOf(raw);
    return raw.rows().map((row) => row.map((value, column) => fromGrafeo(value, types[column])));
}
function typesOf(raw) {
    try {
        return readArrowTypes(raw.toArrowIPC());
    }
    catch {
        // A result that has no Arrow form keeps the types its JavaScript values show.
        return [];
    }
}
function closed() {
    return new EngineError("Neo.ClientError.Transaction.TransactionNotFound", "The transaction is closed.");
}
