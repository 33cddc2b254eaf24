/**
 * Where the GraphQL Data APIs of an instance are.
 *
 * @module
 */
import { checkedId } from "./id.ts";

/** @throws {AuraWakeError} CONFIG_INVALID when an id would lead to another endpoint */
export function dataApiPath(instanceId: string, id?: string, rest: string = ""): string {
  const all = `/v1beta5/instances/${checkedId("instance", instanceId)}/data-apis/graphql`;
  return id === undefined ? all : `${all}/${checkedId("Data API", id)}${rest}`;
}
