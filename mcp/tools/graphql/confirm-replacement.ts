/**
 * Asks a person before what callers of a GraphQL API rely on is replaced.
 *
 * @module
 */
import type { DataApi } from "../../../src/aura/data-api.ts";
import type { DataApiPlan } from "../../../src/operate/graphql/plan-data-api.ts";
import type { ToolCall } from "../../call.ts";

/** Asks. @throws {NotConfirmed} */
export async function confirmReplacement(
  call: ToolCall,
  { instance, present, replacesTypes, diff, lostOrigins }: DataApiPlan,
): Promise<void> {
  if (present === undefined) return;
  const { definitionsHash } = await import("../../../src/graphql/definitions-hash.ts");
  const { dataApis } = await call.aura();
  const { signal } = call;
  const { id, name } = present;
  const observed = async (api: DataApi): Promise<object> => ({
    id: api.id,
    name: api.name,
    status: api.status,
    type_definitions_sha256: await definitionsHash(api.type_definitions ?? ""),
    allowed_origins: api.security?.cors_policy?.allowed_origins ?? [],
  });
  const what = replacesTypes ? "replace the type definitions" : "take away allowed origins";
  const told = [
    replacesTypes &&
    `${diff.added} lines are added, ${diff.removed} removed: queries that use what is removed fail.`,
    lostOrigins.length > 0 && `Web pages of ${lostOrigins.join(", ")} may not call it any more.`,
  ];
  await call.confirm({
    action: `${what} of GraphQL API ${name} (${id}) of instance ${instance.name} (${instance.id})`,
    consequence: told.filter(Boolean).join(" "),
    observed: await observed(present),
    observe: async () => await observed(await dataApis.get(instance.id, id, { signal })),
  });
}
