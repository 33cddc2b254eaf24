/**
 * What the canned engine knows by itself.
 *
 * @module
 */
import { tokenize } from "../cypher-text.js";
import { EngineError } from "../engine.js";
import { COMPONENT } from "../system-queries.js";
/** `CALL dbms.components() …`: the columns that are asked for, of the one component. */
export function answerComponents(body) {
    if (!/^call\s+dbms\.components\s*\(\s*\)/i.test(body))
        return undefined;
    const version = COMPONENT.versions[0];
    const values = {
        name: COMPONENT.name,
        versions: [...COMPONENT.versions],
        edition: COMPONENT.edition,
        version,
    };
    const tail = /\breturn\s+([\s\S]*)$/i.exec(body) ?? /\byield\s+([\s\S]*)$/i.exec(body);
    const columns = (tail?.[1] ?? "name, versions, edition").split(",").map((column) => {
        const [name = "", alias = name] = column.trim().split(/\s+as\s+/i);
        const key = name.replace(/\[0\]$/, "");
        const value = values[key];
        return { alias, value: name.endsWith("[0]") && Array.isArray(value) ? version : value ?? null };
    });
    return {
        columns: columns.map((column) => column.alias),
        rows: [columns.map((column) => column.value)],
        type: "r",
        counters: {},
    };
}
/** A MERGE or CREATE of one node with SETs behind it, and nothing to return: taken as done. */
export function answerHeartbeat(body) {
    const words = tokenize(body).map((token) => token.text.toUpperCase());
    const isHeartbeat = (words[0] === "MERGE" || words[0] === "CREATE") && words[1] === "(" &&
        !words.includes("RETURN") && !words.includes("MATCH");
    if (!isHeartbeat)
        return undefined;
    const properties = words.filter((word) => word === "=").length;
    return {
        columns: [],
        rows: [],
        type: "w",
        counters: properties > 0 ? { "properties-set": properties } : {},
    };
}
/** `RETURN 1 AS one, $name AS name`: literals and parameters only. */
export function answerReturn(body, parameters) {
    const tokens = tokenize(body);
    if (tokens[0]?.text.toUpperCase() !== "RETURN")
        return undefined;
    const columns = [];
    const row = [];
    let at = 1;
    while (at < tokens.length) {
        const start = at;
        const negative = tokens[at]?.text === "-";
        if (negative)
            at += 1;
        const value = literalOf(tokens[at], tokens, at, parameters);
        if (value === undefined)
            return undefined;
        at = value.next;
        const expression = body.slice(tokens[start]?.start, tokens[at - 1]?.end);
        const aliased = tokens[at]?.text.toUpperCase() === "AS";
        columns.push(aliased ? (tokens[at + 1]?.text ?? "").replaceAll("`", "") : expression);
        row.push(negative ? negate(value.value) : value.value);
        if (aliased)
            at += 2;
        if (at < tokens.length && tokens[at]?.text !== ",")
            return undefined;
        at += 1;
    }
    return row.length === 0 ? undefined : { columns, rows: [row], type: "r", counters: {} };
}
function literalOf(token, tokens, at, parameters) {
    switch (token?.kind) {
        case "parameter": {
            const name = token.text.slice(1).replaceAll("`", "");
            if (Object.hasOwn(parameters, name))
                return { value: parameters[name], next: at + 1 };
            throw new EngineError("Neo.ClientError.Statement.ParameterMissing", `Expected parameter(s): ${name}`);
        }
        case "string":
            return { value: unescape(token.text.slice(1, -1)), next: at + 1 };
        case "number":
            return numberOf(token.text, at);
        case "word": {
            const known = { true: true, false: false, null: null };
            const word = token.text.toLowerCase();
            return Object.hasOwn(known, word) ? { value: known[word], next: at + 1 } : undefined;
        }
        case "symbol":
            return token.text === "[" ? listOf(tokens, at, parameters) : undefined;
        default:
            return undefined;
    }
}
function listOf(tokens, open, parameters) {
    const list = [];
    let at = open + 1;
    while (tokens[at]?.text !== "]") {
        const item = literalOf(tokens[at], tokens, at, parameters);
        if (item === undefined)
            return undefined;
        list.push(item.value);
        at = item.next;
        if (tokens[at]?.text === ",")
            at += 1;
        else if (tokens[at]?.text !== "]")
            return undefined;
    }
    return { value: list, next: at + 1 };
}
function numberOf(text, at) {
    if (/^\d+$/.test(text))
        return { value: BigInt(text), next: at + 1 };
    const value = Number(text);
    return Number.isNaN(value) ? undefined : { value, next: at + 1 };
}
function negate(value) {
    return typeof value === "bigint" || typeof value === "number" ? -value : value;
}
function unescape(text) {
    const named = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
    return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, letter) => code === undefined ? named[letter] ?? letter : String.fromCharCode(parseInt(code, 16)));
}
