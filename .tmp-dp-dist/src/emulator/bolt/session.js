import { failureOf } from "../failure.js";
import { FAILURE, IGNORED, integerEntry, invalid, mapField, RECORD, SUCCESS, textEntry, textField, } from "./messages.js";
import { OpenResults, summaryOf, wantedRecords } from "./open-results.js";
import { routingTable } from "./routing-table.js";
import { checkAllowed, isBeforeLogon } from "./state.js";
import { Structure } from "./structure.js";
import { TransactionTimer } from "./transaction-timer.js";
const SERVER_AGENT = "Neo4j/5.27-aura";
/** One connection's conversation. */
export class BoltSession {
    #options;
    #results = new OpenResults();
    #timer = new TransactionTimer();
    #state = "NEGOTIATION";
    #transaction;
    #access = "write";
    #databaseName = "";
    #resets = 0;
    constructor(options) {
        this.#options = options;
    }
    /** Where the conversation stands. */
    get state() {
        return this.#state;
    }
    /** Says that a RESET has come in: what waits before it is to be ignored, and what runs is to stop. */
    interrupt() {
        this.#resets += 1;
    }
    /** Answers one request. Requests have to be handed over one after the other. */
    async handle(request) {
        if (this.#state === "DEFUNCT")
            return;
        if (request.name === "GOODBYE")
            return await this.#goodbye();
        if (request.name === "RESET")
            return await this.#reset();
        if (this.#state === "FAILED" || this.#resets > 0)
            return this.#send(IGNORED);
        try {
            checkAllowed(this.#state, request.name);
            this.#timer.check();
            await this.#answer(request);
        }
        catch (error) {
            await this.fail(error);
        }
    }
    /** Tells the client of a failure. Before it is let in, that is also the end. */
    async fail(error) {
        const early = isBeforeLogon(this.#state);
        await this.#abandon();
        if (this.#state === "DEFUNCT")
            return;
        this.#state = "FAILED";
        this.#send(FAILURE, failureOf(error));
        if (early)
            await this.#goodbye();
    }
    /** Ends the conversation: an open transaction is rolled back. */
    async close() {
        this.#state = "DEFUNCT";
        await this.#abandon();
    }
    async #answer(request) {
        switch (request.name) {
            case "HELLO":
                return this.#hello(request);
            case "LOGON":
                return this.#logon(mapField(request, 0));
            case "LOGOFF":
                this.#state = "AUTHENTICATION";
                return this.#send(SUCCESS, {});
            case "TELEMETRY":
                return this.#send(SUCCESS, {});
            case "ROUTE":
                return this.#route(request);
            case "BEGIN":
                return await this.#begin(request);
            case "RUN":
                return await this.#run(request);
            case "PULL":
                return await this.#pull(request);
            case "DISCARD":
                return this.#discard(request);
            case "COMMIT":
                return await this.#commit();
            case "ROLLBACK":
                await this.#abandon();
                this.#state = "READY";
                return this.#send(SUCCESS, {});
            case "RESET":
            case "GOODBYE":
                return;
        }
    }
    #hello(request) {
        mapField(request, 0);
        this.#state = "AUTHENTICATION";
        const connectionId = this.#options.connectionId;
        this.#send(SUCCESS, { server: SERVER_AGENT, connection_id: connectionId, hints: {} });
    }
    #logon(auth) {
        const { database } = this.#options;
        if (auth["scheme"] === "bearer")
            database.authenticateToken(auth["credentials"]);
        else
            database.authenticate(auth["principal"], auth["credentials"]);
        this.#state = "READY";
        this.#send(SUCCESS, {});
    }
    #route(request) {
        const { database } = this.#options;
        const db = database.resolve(textEntry(mapField(request, 2), "db"));
        this.#send(SUCCESS, { rt: routingTable(db, database.advertised) });
    }
    async #begin(request) {
        const extra = this.#open(mapField(request, 0));
        this.#transaction = await this.#options.database.begin(this.#access);
        this.#timer.start(integerEntry(extra, "tx_timeout"), () => {
            // If not even the rollback works, the next message will meet the reason.
            this.#abandon().catch(() => { });
        });
        this.#state = "TX_READY";
        this.#send(SUCCESS, {});
    }
    async #run(request) {
        const { database } = this.#options;
        const cypher = textField(request, 0);
        const parameters = mapField(request, 1);
        if (this.#transaction !== undefined) {
            const query = { cypher, parameters, access: this.#access };
            const result = await database.run(this.#transaction, query);
            const qid = BigInt(this.#results.add(result));
            this.#state = "TX_STREAMING";
            return this.#send(SUCCESS, { fields: result.columns, t_first: 0n, qid });
        }
        this.#open(mapField(request, 2));
        // The rows are all here, so the transaction ends here too: a client that reads slowly keeps nobody from writing.
        const result = await database.runAlone({ cypher, parameters, access: this.#access });
        this.#results.add(result);
        this.#state = "STREAMING";
        this.#send(SUCCESS, { fields: result.columns, t_first: 0n });
    }
    async #pull(request) {
        const open = this.#results.find(request);
        const { rows } = open.result;
        const end = Math.min(open.at + wantedRecords(request), rows.length);
        while (open.at < end) {
            // Whoever resets does not want the rest.
            if (this.#resets > 0 || this.#state === "DEFUNCT")
                return this.#send(IGNORED);
            this.#send(RECORD, rows[open.at]);
            open.at += 1;
            const full = this.#options.output.drained();
            if (full !== undefined)
                await full;
        }
        if (end < rows.length)
            return this.#send(SUCCESS, { has_more: true });
        this.#finish(open);
    }
    #discard(request) {
        const open = this.#results.find(request);
        open.at = Math.min(open.at + wantedRecords(request), open.result.rows.length);
        if (open.at < open.result.rows.length)
            return this.#send(SUCCESS, { has_more: true });
        this.#finish(open);
    }
    #finish(open) {
        this.#results.remove(open);
        const summary = { ...summaryOf(open.result), db: this.#databaseName };
        if (this.#state === "TX_STREAMING") {
            if (this.#results.size === 0)
                this.#state = "TX_READY";
            return this.#send(SUCCESS, summary);
        }
        this.#results.clear();
        this.#state = "READY";
        this.#send(SUCCESS, { ...summary, bookmark: this.#options.database.bookmark() });
    }
    async #commit() {
        const transaction = this.#transaction;
        this.#transaction = undefined;
        this.#timer.stop();
        await transaction?.commit();
        this.#results.clear();
        this.#state = "READY";
        this.#send(SUCCESS, { bookmark: this.#options.database.bookmark() });
    }
    async #reset() {
        this.#resets -= 1;
        if (isBeforeLogon(this.#state)) {
            return await this.fail(invalid("RESET comes before the client is let in"));
        }
        await this.#abandon();
        if (this.#state === "DEFUNCT")
            return;
        // With another RESET on its way, only the last one makes the connection ready.
        if (this.#resets > 0)
            return this.#send(IGNORED);
        this.#state = "READY";
        this.#send(SUCCESS, {});
    }
    async #goodbye() {
        await this.close();
        this.#options.output.end();
    }
    /** Reads what BEGIN, and RUN outside of a transaction, say about where and how. */
    #open(extra) {
        this.#databaseName = this.#options.database.resolve(textEntry(extra, "db"));
        this.#access = textEntry(extra, "mode") === "r" ? "read" : "write";
        return extra;
    }
    async #abandon() {
        const transaction = this.#transaction;
        this.#transaction = undefined;
        this.#timer.stop();
        this.#results.clear();
        await transaction?.rollback();
    }
    #send(tag, field) {
        if (tag === IGNORED)
            return this.#options.output.send(new Structure(tag, []));
        this.#options.output.send(new Structure(tag, [field]));
    }
}
