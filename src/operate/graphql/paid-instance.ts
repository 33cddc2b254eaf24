/**
 * Which instances can have GraphQL Data APIs.
 *
 * @see https://neo4j.com/docs/aura/graphql-data-api/getting-started/
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Directions } from "../directions.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";

/** Comes back for one that can. @throws {OperateError} NOT_PERMITTED for a Free one; nothing is sent */
export function refuseFree(instance: Instance, { instances }: Directions): void {
  if (instance.type !== "free-db") return;
  throw new OperateError(
    "NOT_PERMITTED",
    `Cannot have GraphQL Data APIs over ${
      instanceLabel(instance)
    }: it is Free, and they need an instance of a paid type`,
    `${instances.list()} shows which there are`,
  );
}
