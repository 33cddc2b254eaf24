import { integerEntry, invalid, mapField } from "./messages.js";
/** Results by id. A transaction may hold several at once. */
export class OpenResults {
    #byId = new Map();
    #next = 0;
    #last;
    /** How many are open. */
    get size() {
        return this.#byId.size;
    }
    /** Keeps a result and gives its id. */
    add(result) {
        const open = { id: this.#next, result, at: 0 };
        this.#next += 1;
        this.#byId.set(open.id, open);
        this.#last = open;
        return open.id;
    }
    /** The one that a PULL or DISCARD means: by `qid`, or the newest. */
    find(request) {
        const id = integerEntry(mapField(request, 0), "qid") ?? -1;
        const open = id === -1 ? this.#last : this.#byId.get(id);
        if (open === undefined || !this.#byId.has(open.id)) {
            throw invalid(`${request.name} names a result that is not open: ${id}`);
        }
        return open;
    }
    /** Forgets one that was read to its end. */
    remove(open) {
        this.#byId.delete(open.id);
    }
    /** Forgets all, and counts from zero again. */
    clear() {
        this.#byId.clear();
        this.#last = undefined;
        this.#next = 0;
    }
}
/** How many records a PULL or DISCARD asks for; all of them is Infinity. */
export function wantedRecords(request) {
    const count = integerEntry(mapField(request, 0), "n") ?? -1;
    if (count === -1)
        return Infinity;
    if (count < 1)
        throw invalid(`${request.name} has to ask for at least one record, or -1`);
    return count;
}
/** The metadata that ends a result. */
export function summaryOf(result) {
    const stats = Object.entries(result.counters);
    return {
        type: result.type,
        t_last: 0n,
        ...(stats.length === 0 ? {} : {
            stats: {
                ...Object.fromEntries(stats.map(([name, count]) => [name, BigInt(count)])),
                "contains-updates": true,
            },
        }),
        ...(result.plan === undefined
            ? {}
            : { ["rows" in result.plan ? "profile" : "plan"]: result.plan }),
    };
}
