/**
 * How type definitions link to Apollo Federation, and which names its directives have there.
 *
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#link
 * @module
 */
import type { ASTNode, ConstDirectiveNode, ConstValueNode, DocumentNode } from "graphql";
import { FEDERATION_DIRECTIVES } from "./directive-names.ts";

/** What the link says. */
export interface FederationLink {
  /** The names under which its directives may be used: those that it imports, and all with `federation__` before them. */
  readonly names: ReadonlySet<string>;
  /** The types that it imports. */
  readonly types: ReadonlySet<string>;
  /** Imports of directives that there are not. */
  readonly unknown: readonly { readonly name: string; readonly node: ASTNode }[];
}

const FEDERATION = "https://specs.apollo.dev/federation/v2";

/** Reads it; undefined where the definitions are no subgraph. */
export function federationLink({ definitions }: DocumentNode): FederationLink | undefined {
  for (const definition of definitions) {
    if (definition.kind !== "SchemaExtension" && definition.kind !== "SchemaDefinition") continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== "link") continue;
      if (textOf(argument(directive, "url"))?.startsWith(FEDERATION)) return readLink(directive);
    }
  }
  return undefined;
}

function readLink(directive: ConstDirectiveNode): FederationLink {
  const names = new Set(FEDERATION_DIRECTIVES.map((name) => `federation__${name}`));
  const types = new Set<string>();
  const unknown: { name: string; node: ASTNode }[] = [];
  const imports = argument(directive, "import");
  for (const node of imports?.kind === "ListValue" ? imports.values : []) {
    const isRenamed = node.kind === "ObjectValue";
    const name = textOf(isRenamed ? field(node, "name") : node);
    if (name === undefined) continue;
    const named = isRenamed ? textOf(field(node, "as")) ?? name : name;
    if (!name.startsWith("@")) {
      types.add(named);
      continue;
    }
    if (!FEDERATION_DIRECTIVES.includes(name.slice(1))) unknown.push({ name, node });
    names.add(named.replace(/^@/, ""));
  }
  return { names, types, unknown };
}

function argument(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((each) => each.name.value === name)?.value;
}

function field(node: ConstValueNode, name: string): ConstValueNode | undefined {
  if (node.kind !== "ObjectValue") return undefined;
  return node.fields.find((each) => each.name.value === name)?.value;
}

function textOf(node: ConstValueNode | undefined): string | undefined {
  return node?.kind === "StringValue" ? node.value : undefined;
}
