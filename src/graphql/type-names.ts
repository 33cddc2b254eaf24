/**
 * The types that the type definitions of a Data API may name: their own, and those that `@neo4j/graphql` 7 adds before it checks.
 *
 * @see https://neo4j.com/docs/graphql/current/types/
 * @module
 */
import type { DocumentNode } from "graphql";

/** Those of GraphQL itself, and the roots, which may be extended without being there. */
const BUILT_IN = ["Int", "Float", "String", "Boolean", "ID", "Query", "Mutation", "Subscription"];

/** Those of the library. */
const LIBRARY = [
  "BigInt",
  "Date",
  "DateTime",
  "Duration",
  "LocalDateTime",
  "LocalTime",
  "Time",
  "CartesianPoint",
  "CartesianPointDistance",
  "CartesianPointInput",
  "Point",
  "PointDistance",
  "PointInput",
  "SortDirection",
];

/** What the library makes of a type of one's own, and lets these definitions name. */
const MADE =
  /^(.+)(?:ConnectInput|ConnectWhere|CreateInput|DeleteInput|DisconnectInput|Options|RelationInput|Sort|UpdateInput|Where)$/;
const RESPONSE = /^(?:Create|Update).+MutationResponse$/;
/** Of Apollo Federation: `_Any`, `federation__FieldSet`, `link__Import`. */
const FEDERATION = /^_|^(?:federation|link)__/;

/** The names of types that may be used in a document. */
export interface TypeNames {
  /** Those to choose from, for whoever misspelt one. */
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
}

/** Reads them; `linked` are those that a link to Apollo Federation brings, where there is one. */
export function typeNames(
  { definitions }: DocumentNode,
  linked: ReadonlySet<string> | undefined,
): TypeNames {
  // An extension of what is not there is for Aura to judge, and no reason to call every use of it wrong.
  const own = definitions.flatMap((definition) =>
    /Type(?:Definition|Extension)$/.test(definition.kind) && "name" in definition &&
      definition.name !== undefined
      ? [definition.name.value]
      : []
  );
  const known = new Set([...BUILT_IN, ...LIBRARY, ...own, ...linked ?? []]);
  return {
    names: [...known],
    has(name) {
      const [, maker] = MADE.exec(name) ?? [];
      return known.has(name) || RESPONSE.test(name) || (maker !== undefined && known.has(maker)) ||
        (linked !== undefined && FEDERATION.test(name));
    },
  };
}
