/**
 * Queries about the server and not about the graph, answered without an engine.
 *
 * @module
 */
import { readShape } from "./cypher-text.js";
import { showRows } from "./show-command.js";
/** The server that the emulator says it is. */
export const COMPONENT = {
    name: "Neo4j Kernel",
    versions: ["5.27-aura"],
    edition: "enterprise",
};
const SHOW_DATABASES = /^show\s+(?:(default|home)\s+database|databases?)(?:\s+(?!yield\b|where\b)(`[^`]+`|[\w.-]+))?\b([\s\S]*)$/i;
/** Answers a query about the server, or gives undefined for any other. */
export function answerSystemQuery(cypher, databases, address) {
    // Nearly every query is another one, and pays only for this.
    if (!/\b(?:show|call)\b/i.test(cypher))
        return undefined;
    const { body, mode } = readShape(cypher);
    if (mode !== "run")
        return undefined;
    const text = body.replace(/[\s;]+$/, "");
    if (/^call\s+dbms\.components(?:\s*\(\s*\))?$/i.test(text)) {
        return showRows([COMPONENT], ["name", "versions", "edition"], "");
    }
    if (/^call\s+db\.ping(?:\s*\(\s*\))?$/i.test(text)) {
        return showRows([{ success: true }], ["success"], "");
    }
    const shown = SHOW_DATABASES.exec(text);
    if (shown === null)
        return undefined;
    const [, onlyDefault, named, tail = ""] = shown;
    const rows = [...databases, "system"].map((name, index) => databaseRow(name, index, address));
    const chosen = rows.filter((row) => onlyDefault === undefined
        ? named === undefined || row.name === named.replaceAll("`", "")
        : row.default);
    return showRows(chosen, Object.keys(databaseRow("", 0, "")), tail);
}
function databaseRow(name, index, address) {
    return {
        name,
        type: name === "system" ? "system" : "standard",
        aliases: [],
        access: "read-write",
        address,
        role: "primary",
        writer: true,
        requestedStatus: "online",
        currentStatus: "online",
        statusMessage: "",
        default: index === 0,
        home: index === 0,
        constituents: [],
    };
}
