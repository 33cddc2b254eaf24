/**
 * What is wrong with type definitions: what does not parse, and types that nobody defines. The words are those of the
 * package `graphql`, which is optional: without it, everything passes.
 *
 * @see https://neo4j.com/docs/graphql/current/types/
 * @module
 */
import type { ASTNode, DocumentNode } from "graphql";

/** Something wrong with a Data API, as its GET tells it beside the data. */
export interface DataApiProblem {
  readonly reason: string;
  readonly message: string;
}

type GraphQl = typeof import("graphql");

/** What @neo4j/graphql brings beside the types of GraphQL itself. */
const LIBRARY_TYPES = `
  scalar BigInt scalar Date scalar DateTime scalar Duration scalar LocalDateTime scalar LocalTime scalar Time
  type Point { crs: String! }
  type CartesianPoint { crs: String! }
  input PointInput { longitude: Float! }
  input PointDistance { distance: Float! }
  input CartesianPointInput { x: Float! }
  input CartesianPointDistance { distance: Float! }
  enum SortDirection { ASC }
`;

/** The library makes these for each type, so definitions may name what is not in them. */
const GENERATED_ENDINGS: readonly string[] = [
  "ConnectInput",
  "ConnectWhere",
  "CreateInput",
  "DeleteInput",
  "DisconnectInput",
  "Options",
  "RelationInput",
  "Sort",
  "UpdateInput",
  "Where",
];
const GENERATED_ANSWER = /^(?:Create|Update).+MutationResponse$/;

/** Looks at type definitions. Directives are not looked at. */
export async function problemsOf(typeDefinitions: string): Promise<readonly DataApiProblem[]> {
  const graphql = await loadGraphQl();
  const messages = graphql === undefined ? [] : messagesOf(graphql, typeDefinitions);
  return messages.map((message) => ({ reason: "invalid-type-defs", message }));
}

function messagesOf(graphql: GraphQl, text: string): string[] {
  let document: DocumentNode;
  try {
    document = graphql.parse(text);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const messages: string[] = [];
  const schema = graphql.buildSchema(LIBRARY_TYPES);
  const isGenerated = generatedBy(document);
  const context = new graphql.ValidationContext(
    schema,
    document,
    new graphql.TypeInfo(schema),
    ({ message, nodes }) => {
      if (!nodes?.some((node) => isGenerated(nameOf(node)))) messages.push(message);
    },
  );
  graphql.visit(document, graphql.KnownTypeNamesRule(context));
  return messages;
}

function generatedBy(document: DocumentNode): (name: string) => boolean {
  const defined = document.definitions.flatMap((definition) =>
    definition.kind === "ObjectTypeDefinition" ? [definition.name.value] : []
  );
  const generated = new Set(
    defined.flatMap((name) => GENERATED_ENDINGS.map((ending) => `${name}${ending}`)),
  );
  return (name) => generated.has(name) || GENERATED_ANSWER.test(name);
}

function nameOf(node: ASTNode): string {
  return node.kind === "NamedType" ? node.name.value : "";
}

async function loadGraphQl(): Promise<GraphQl | undefined> {
  try {
    return await import("graphql");
  } catch {
    return undefined;
  }
}
