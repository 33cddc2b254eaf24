/**
 * Type definitions that are worth to be sent.
 *
 * @module
 */
import {
  checkTypeDefinitions,
  type TypeDefinitionCheck,
  type TypeDefinitionProblem,
} from "../../graphql/check-type-definitions.ts";
import { GRAPHQL_PACKAGE } from "../../graphql/load-graphql.ts";
import { OperateError } from "../operate-error.ts";

/** A sentence has no place for more. */
const MOST_TOLD = 5;

/** What is missing, and how to get it. */
export const NO_GRAPHQL: string =
  `the package graphql is not installed here, run \`npm install ${GRAPHQL_PACKAGE}\``;

/**
 * Gives what was found; undefined where the package for it is not installed: then Aura alone finds out.
 *
 * @throws {OperateError} VALIDATION with what is wrong, and where
 */
export async function checkedTypes(
  name: string,
  types: string,
  check: typeof checkTypeDefinitions = checkTypeDefinitions,
): Promise<TypeDefinitionCheck | undefined> {
  const found = await check(types);
  if (found === undefined || found.problems.length === 0) return found;
  const { problems } = found;
  const told = problems.slice(0, MOST_TOLD).map(problemText);
  const more = problems.length - told.length;
  throw new OperateError(
    "VALIDATION",
    `Cannot deploy Data API "${name}": its type definitions are wrong: ${told.join("; ")}` +
      (more > 0 ? `; and ${more} more` : ""),
    "correct them, then deploy again",
  );
}

/** `3:12 Unknown directive "@nod"; did you mean "@node"?` */
export function problemText({ line, column, message }: TypeDefinitionProblem): string {
  return `${line}:${column} ${message}`;
}
