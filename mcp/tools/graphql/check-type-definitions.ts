/**
 * `check_type_definitions`
 *
 * @module
 */
import { z } from "zod";
import { defineTool, type Tool } from "../../tool.ts";
import { TYPE_DEFINITIONS } from "./graphql-arguments.ts";

/** Who has more begins with the first ones. */
const MOST_SHOWN = 50;

export const checkTypeDefinitions: Tool = defineTool({
  name: "check_type_definitions",
  title: "Check type definitions",
  description:
    "Checks type definitions offline, before deploy_graphql_api: GraphQL syntax, and whether each type and directive exists in them, in @neo4j/graphql 7 or in Apollo Federation. The rest, such as arguments, is checked by Aura only, at deployment.",
  toolset: "graphql",
  access: "read",
  effects: { destructive: false, idempotent: true, openWorld: false },
  input: z.strictObject({ type_definitions: TYPE_DEFINITIONS }),
  output: z.object({
    valid: z.boolean(),
    problems: z.array(z.object({ line: z.number(), column: z.number(), message: z.string() })),
    total: z.number(),
  }),
  async run(_call, { type_definitions: text }) {
    const { checkTypeDefinitions: check } = await import(
      "../../../src/graphql/check-type-definitions.ts"
    );
    const found = await check(text);
    if (found === undefined) {
      const [{ OperateError }, { NO_GRAPHQL }] = await Promise.all([
        import("../../../src/operate/operate-error.ts"),
        import("../../../src/operate/graphql/checked-types.ts"),
      ]);
      throw new OperateError(
        "FAILED",
        `Cannot check type definitions: ${NO_GRAPHQL}`,
        "ask the operator for it; deploy_graphql_api works without, and shows what Aura finds",
      );
    }
    const { problems } = found;
    return {
      valid: problems.length === 0,
      problems: problems.slice(0, MOST_SHOWN),
      total: problems.length,
      next_step: problems.length === 0 ? "deploy_graphql_api" : undefined,
    };
  },
});
