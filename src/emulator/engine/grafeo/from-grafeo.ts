/**
 * From Grafeo's JavaScript values to engine values.
 *
 * @module
 */
import { parseDate, parseDateTime, parseDuration, parseTime } from "../temporal-text.ts";
import {
  GraphNode,
  GraphPath,
  GraphRelationship,
  isMap,
  LocalDateTimeValue,
  PointValue,
} from "../values.ts";
import type { ArrowType } from "./arrow-types.ts";
import { POINT_KEY } from "./to-grafeo.ts";

const NO_CHILDREN: ReadonlyMap<string, ArrowType> = new Map();

/** Reads one value; the type decides what the value alone leaves open. */
export function fromGrafeo(value: unknown, type: ArrowType | undefined): unknown {
  switch (typeof value) {
    case "number":
      return type?.kind !== "float" && Number.isInteger(value) ? BigInt(value) : value;
    case "bigint":
      return type?.kind === "float" ? Number(value) : value;
    case "string":
      return fromText(value, type);
    case "object":
      return value === null ? null : fromObject(value, type);
    case "undefined":
      return null;
    default:
      return value;
  }
}

function fromText(text: string, type: ArrowType | undefined): unknown {
  switch (type?.kind) {
    case "date":
      return parseDate(text) ?? text;
    case "time":
      return parseTime(text) ?? text;
    case "timestamp":
      return parseDateTime(text) ?? text;
    case "map":
      // Where the column is of three numbers and the value is text, it is a duration.
      return type.children.has("months") ? parseDuration(mendDuration(text)) ?? text : text;
    default:
      return text;
  }
}

/** Where the parts of a duration differ in sign, Grafeo writes -2.5 seconds as `-2.-5S`. */
function mendDuration(text: string): string {
  return text.replace(/-?(\d+)\.-(\d+)S$/, "-$1.$2S");
}

function fromObject(value: object, type: ArrowType | undefined): unknown {
  if (value instanceof Date) {
    const ms = value.getTime();
    const seconds = Math.floor(ms / 1000);
    return new LocalDateTimeValue(BigInt(seconds), (ms - seconds * 1000) * 1_000_000);
  }
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Float32Array) return Array.from(value);
  const children = type?.children ?? NO_CHILDREN;
  if (Array.isArray(value)) {
    const [item] = children.values();
    return value.map((each) => fromGrafeo(each, item));
  }
  const fields = value as Record<string, unknown>;
  if (isNode(fields)) return fromNode(fields, children);
  if (isRelationship(fields)) return fromRelationship(fields, children);
  if (isPath(fields)) return fromPath(fields, children);
  return fromPoint(fields) ?? fromEntries(fields, children, () => true);
}

function fromEntries(
  fields: Record<string, unknown>,
  children: ReadonlyMap<string, ArrowType>,
  keep: (key: string) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => keep(key)).map((
      [key, inner],
    ) => [key, fromGrafeo(inner, children.get(key))]),
  );
}

type RawNode = Record<string, unknown> & { _id: number; _labels: string[] };
type RawRelationship = Record<string, unknown> & {
  _id: number;
  _type: string;
  _source: number;
  _target: number;
};

function isNode(fields: Record<string, unknown>): fields is RawNode {
  return typeof fields["_id"] === "number" && Array.isArray(fields["_labels"]);
}

function isRelationship(fields: Record<string, unknown>): fields is RawRelationship {
  return typeof fields["_id"] === "number" && typeof fields["_type"] === "string" &&
    typeof fields["_source"] === "number";
}

function isPath(
  fields: Record<string, unknown>,
): fields is { nodes: RawNode[]; edges: RawRelationship[] } {
  const { nodes, edges, ...rest } = fields;
  return Array.isArray(nodes) && Array.isArray(edges) && Object.keys(rest).length === 0 &&
    nodes.length === edges.length + 1 && nodes.every((node) => isMap(node) && isNode(node)) &&
    edges.every((edge) => isMap(edge) && isRelationship(edge));
}

function fromNode(fields: RawNode, children: ReadonlyMap<string, ArrowType>): GraphNode {
  return new GraphNode({
    id: BigInt(fields._id),
    elementId: `n:${fields._id}`,
    labels: fields._labels,
    properties: fromEntries(fields, children, (key) => key !== "_id" && key !== "_labels"),
  });
}

const RELATIONSHIP_KEYS = new Set(["_id", "_type", "_source", "_target"]);

function fromRelationship(
  fields: RawRelationship,
  children: ReadonlyMap<string, ArrowType>,
): GraphRelationship {
  return new GraphRelationship({
    id: BigInt(fields._id),
    elementId: `e:${fields._id}`,
    type: fields._type,
    start: BigInt(fields._source),
    end: BigInt(fields._target),
    startElementId: `n:${fields._source}`,
    endElementId: `n:${fields._target}`,
    properties: fromEntries(fields, children, (key) => !RELATIONSHIP_KEYS.has(key)),
  });
}

function fromPath(
  fields: { nodes: RawNode[]; edges: RawRelationship[] },
  children: ReadonlyMap<string, ArrowType>,
): GraphPath {
  const itemTypes = (key: string) => {
    const [item] = children.get(key)?.children.values() ?? [];
    return item?.children ?? NO_CHILDREN;
  };
  return new GraphPath(
    fields.nodes.map((node) => fromNode(node, itemTypes("nodes"))),
    fields.edges.map((edge) => fromRelationship(edge, itemTypes("edges"))),
  );
}

function fromPoint(fields: Record<string, unknown>): PointValue | undefined {
  const place = fields[POINT_KEY];
  if (!Array.isArray(place) || Object.keys(fields).length !== 1) return undefined;
  const [srid = 0, x = 0, y = 0, z] = place.map(Number);
  return new PointValue(srid, x, y, z);
}
