const NAMES = [
    ["nodesCreated", "nodes-created"],
    ["nodesDeleted", "nodes-deleted"],
    ["edgesCreated", "relationships-created"],
    ["edgesDeleted", "relationships-deleted"],
    ["propertiesSet", "properties-set"],
    ["labelsAdded", "labels-added"],
    ["labelsRemoved", "labels-removed"],
];
/** Counts indexes and constraints. */
export async function countSchema(target) {
    const indexes = await target.executeCypher("SHOW INDEXES");
    const constraints = await target.executeCypher("SHOW CONSTRAINTS");
    // An index over two properties takes two rows.
    const names = new Set(indexes.rows().map(([name]) => name));
    return { indexes: names.size, constraints: constraints.length };
}
/** Gives the counters of a query that ran; of the schema, by comparing with before. */
export async function countChanges(result, before, target) {
    const { counters } = result;
    const changes = NAMES.map(([key, name]) => [name, counters[key]]);
    if (before !== undefined) {
        const after = await countSchema(target);
        const indexes = after.indexes - before.indexes;
        const constraints = after.constraints - before.constraints;
        changes.push(["indexes-added", indexes], ["indexes-removed", -indexes]);
        changes.push(["constraints-added", constraints], ["constraints-removed", -constraints]);
    }
    return Object.fromEntries(changes.filter(([, count]) => count > 0));
}
