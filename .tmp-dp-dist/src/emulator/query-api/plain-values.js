/**
 * Values as the Query API's plain JSON shows them.
 *
 * @see {@link https://neo4j.com/docs/query-api/current/plain-json/ | Plain JSON}
 * @module
 */
import { formatTemporal } from "../engine/temporal-text.js";
import { GraphNode, GraphPath, GraphRelationship, isTemporal, PointValue, } from "../engine/values.js";
import { floatText } from "./json-text.js";
/** Turns a value into what `writeJson` writes. */
export function toPlain(value) {
    if (typeof value !== "object" || value === null)
        return value;
    if (Array.isArray(value))
        return value.map(toPlain);
    if (value instanceof Uint8Array)
        return toBase64(value);
    if (isTemporal(value))
        return formatTemporal(value);
    if (value instanceof PointValue)
        return pointText(value);
    if (value instanceof GraphNode) {
        const { elementId, labels, properties } = value;
        return { elementId, labels, properties: plainEntries(properties) };
    }
    if (value instanceof GraphRelationship) {
        return {
            elementId: value.elementId,
            startNodeElementId: value.startElementId,
            endNodeElementId: value.endElementId,
            type: value.type,
            properties: plainEntries(value.properties),
        };
    }
    if (value instanceof GraphPath)
        return alternate(value).map(toPlain);
    return plainEntries(value);
}
/** A path as the Query API shows it: node, relationship, node, and so on. */
export function alternate(path) {
    return path.nodes.flatMap((node, index) => {
        const step = path.relationships[index];
        return step === undefined ? [node] : [node, step];
    });
}
/** A point as well-known text. */
export function pointText(point) {
    const { srid, x, y, z } = point;
    const place = [x, y, ...(z === undefined ? [] : [z])].map(floatText).join(" ");
    return `SRID=${srid};POINT${z === undefined ? "" : " Z"} (${place})`;
}
/** Bytes as text. */
export function toBase64(bytes) {
    let binary = "";
    for (const byte of bytes)
        binary += String.fromCharCode(byte);
    return btoa(binary);
}
function plainEntries(map) {
    return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, toPlain(inner)]));
}
