/**
 * Grafeo's plans as Bolt's summaries hold them.
 *
 * @module
 */
/** Reads EXPLAIN's text, in which two spaces more mean one level deeper. */
export function planFromText(text) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    let at = 0;
    const next = (depth) => {
        const steps = [];
        for (let line = lines[at]; line !== undefined && depthOf(line) >= depth; line = lines[at]) {
            at += 1;
            const [operatorType = "", details = ""] = line.trim().split(/ (.*)/s);
            steps.push(step(operatorType, details, next(depthOf(line) + 1)));
        }
        return steps;
    };
    const steps = next(0);
    const [first] = steps;
    return steps.length === 1 && first !== undefined ? first : step("Plan", "", steps);
}
/** Reads the operators of a PROFILE. */
export function planFromProfile(operator) {
    return {
        ...step(operator.operator, operator.detail, operator.children.map(planFromProfile)),
        rows: BigInt(operator.rows),
        dbHits: 0n,
        time: BigInt(Math.round(operator.timeMs * 1e6)),
    };
}
function step(operatorType, details, children) {
    return {
        operatorType: `${operatorType}@neo4j`,
        args: { Details: details },
        identifiers: [],
        children,
    };
}
function depthOf(line) {
    return Math.floor((line.length - line.trimStart().length) / 2);
}
