/**
 * The directives that the type definitions of a Data API may have: those of `@neo4j/graphql` 7, without what needs code of one's own.
 *
 * @see https://neo4j.com/docs/graphql/current/directives/
 * @module
 */

/** Those of GraphQL itself that stand in type definitions. */
const BUILT_IN: readonly string[] = ["deprecated", "oneOf", "specifiedBy"];

/** Those of the library. */
const LIBRARY: readonly string[] = [
  "alias",
  "authentication",
  "authorization",
  "coalesce",
  "cypher",
  "declareRelationship",
  "default",
  "filterable",
  "fulltext",
  "groupBy",
  "id",
  "jwt",
  "jwtClaim",
  "limit",
  "mutation",
  "node",
  "plural",
  "query",
  "relationship",
  "relationshipProperties",
  "relayId",
  "selectable",
  "settable",
  "sortable",
  "subscription",
  "subscriptionsAuthorization",
  "timestamp",
  "vector",
];

/** What is there without another word. */
export const PLAIN_DIRECTIVES: readonly string[] = [...BUILT_IN, ...LIBRARY];

/** What is there once the definitions link to Apollo Federation. */
export const FEDERATION_DIRECTIVES: readonly string[] = [
  "composeDirective",
  "extends",
  "external",
  "inaccessible",
  "interfaceObject",
  "key",
  "override",
  "provides",
  "requires",
  "shareable",
  "tag",
];

/** Why a name that one may know is none here, and what does its work. */
export const NO_DIRECTIVES: ReadonlyMap<string, string> = new Map([
  // https://neo4j.com/docs/graphql/current/aura-graphql/: "custom resolvers cannot be used".
  ["customResolver", "a Data API runs no code of yours; compute the field by @cypher"],
  ["populatedBy", "a Data API runs no code of yours; use @default, @id, @timestamp or @cypher"],
  ["additionalLabels", "version 7 of @neo4j/graphql has @node(labels: [...]) in its place"],
  ["auth", "version 7 of @neo4j/graphql has @authentication and @authorization in its place"],
  ["callback", "a Data API runs no code of yours; use @default, @id, @timestamp or @cypher"],
  ["computed", "a Data API runs no code of yours; compute the field by @cypher"],
  ["exclude", "version 7 of @neo4j/graphql has @query, @mutation and @subscription in its place"],
  [
    "private",
    "version 7 of @neo4j/graphql has @selectable, @settable and @filterable in its place",
  ],
  ["queryOptions", "version 7 of @neo4j/graphql has @limit in its place"],
  ["readonly", "version 7 of @neo4j/graphql has @settable in its place"],
  ["unique", "version 7 of @neo4j/graphql has none; make a constraint in the database"],
  ["writeonly", "version 7 of @neo4j/graphql has @selectable in its place"],
]);
