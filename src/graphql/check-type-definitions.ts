/**
 * Checks the type definitions of a Data API without asking anybody: whether they are GraphQL, and whether the directives and types
 * that they name exist. Whether each stands where it may, and with the right arguments, Aura alone knows.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { ASTNode, DirectiveNode, DocumentNode } from "graphql";
import { nearest } from "../operate/text/nearest.ts";
import { FEDERATION_DIRECTIVES, NO_DIRECTIVES, PLAIN_DIRECTIVES } from "./directive-names.ts";
import { type FederationLink, federationLink } from "./federation-link.ts";
import { type GraphQl, loadGraphQl } from "./load-graphql.ts";
import { typeNames } from "./type-names.ts";

/** Something wrong, and where it is: both numbers begin at 1. */
export interface TypeDefinitionProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What was found. */
export interface TypeDefinitionCheck {
  /** In the order of the text; none when all is well. */
  readonly problems: readonly TypeDefinitionProblem[];
  /** They link to Apollo Federation, so the Data API has to serve a subgraph. */
  readonly isSubgraph: boolean;
}

/** Nothing that people write has more. */
const MOST_TOKENS = 100_000;
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])';

/** Checks them; undefined where the package `graphql` is not installed. */
export async function checkTypeDefinitions(
  text: string,
  load: () => Promise<GraphQl | undefined> = loadGraphQl,
): Promise<TypeDefinitionCheck | undefined> {
  const graphql = await load();
  if (graphql === undefined) return undefined;
  const document = parse(graphql, text);
  if ("message" in document) return { problems: [document], isSubgraph: false };
  const link = federationLink(document);
  const problems: TypeDefinitionProblem[] = [];
  const tell = (node: ASTNode, message: string): void => {
    const { line = 1, column = 1 } = node.loc?.startToken ?? {};
    problems.push({ line, column, message });
  };
  for (const { name, node } of link?.unknown ?? []) {
    tell(
      node,
      `Unknown directive "${name}" of Apollo Federation${
        meantDirective(name, FEDERATION_DIRECTIVES)
      }`,
    );
  }
  for (const definition of document.definitions) {
    if (/^(?:Operation|Fragment)Definition$/.test(definition.kind)) {
      tell(definition, "Type definitions hold no queries, mutations or fragments");
    }
  }
  const known = knownNames(document, link);
  const types = typeNames(document, link?.types);
  graphql.visit(document, {
    Directive(node) {
      const message = wrongDirective(node, known, link);
      if (message !== undefined) tell(node, message);
    },
    NamedType(node) {
      const { value: name } = node.name;
      if (types.has(name)) return;
      const close = nearest(name, types.names, 2).map((each) => `"${each}"`);
      tell(node, `Unknown type "${name}"${meant(close)}`);
    },
  });
  problems.sort((left, right) => left.line - right.line || left.column - right.column);
  return { problems, isSubgraph: link !== undefined };
}

function parse(graphql: GraphQl, text: string): DocumentNode | TypeDefinitionProblem {
  try {
    return graphql.parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    const { message, locations } = Object(error) as {
      message?: string;
      locations?: readonly { readonly line: number; readonly column: number }[];
    };
    const [{ line, column } = { line: 1, column: 1 }] = locations ?? [];
    // The parser calls itself for what stands inside of something; a text can be deeper than it can go.
    const told = error instanceof RangeError ? "It is nested too deeply" : String(message);
    return { line, column, message: told };
  }
}

function knownNames(
  { definitions }: DocumentNode,
  link: FederationLink | undefined,
): ReadonlySet<string> {
  const own = definitions.flatMap((definition) =>
    definition.kind === "DirectiveDefinition" ? [definition.name.value] : []
  );
  return new Set([...PLAIN_DIRECTIVES, "link", ...own, ...link?.names ?? []]);
}

function wrongDirective(
  { name: { value: name } }: DirectiveNode,
  known: ReadonlySet<string>,
  link: FederationLink | undefined,
): string | undefined {
  if (known.has(name)) return undefined;
  const why = NO_DIRECTIVES.get(name);
  if (why !== undefined) return `Directive "@${name}" cannot be used: ${why}`;
  if (FEDERATION_DIRECTIVES.includes(name)) {
    return link === undefined
      ? `Directive "@${name}" belongs to Apollo Federation: link to it as in ${LINK}`
      : `Directive "@${name}" is not imported: add it to the import of @link`;
  }
  return `Unknown directive "@${name}"${meantDirective(name, known)}`;
}

function meantDirective(name: string, names: Iterable<string>): string {
  return meant(nearest(name.replace(/^@/, ""), names, 2).map((each) => `"@${each}"`));
}

function meant(close: readonly string[]): string {
  return close.length === 0 ? "" : `; did you mean ${close.join(" or ")}?`;
}
