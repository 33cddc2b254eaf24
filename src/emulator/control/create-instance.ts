/**
 * `POST /instances`.
 *
 * @module
 */
import type { Fleet } from "../fleet.ts";
import { randomHex } from "../random.ts";
import { missingBilling, quotaExceeded, unknownTenant } from "./error-bodies.ts";
import { createdBody } from "./instance-bodies.ts";
import { invalidBody, readCreate } from "./instance-requests.ts";
import { instanceConfigurations } from "./tenant-bodies.ts";

/** Creates an instance, or says why not. */
export async function createInstance(fleet: Fleet, text: string): Promise<Response> {
  const body = readCreate(text);
  if (body instanceof Response) return body;
  if (!fleet.tenants.some((tenant) => tenant.id === body.tenant_id)) return unknownTenant();
  const { billing = true, answers = {} } = fleet.settings;
  if (!billing) return missingBilling();
  const isOffered = instanceConfigurations("v1").some((offer) =>
    offer.type === body.type && offer.memory === body.memory && offer.region === body.region &&
    offer.cloud_provider === body.cloud_provider
  );
  if (!isOffered) {
    return invalidBody(
      `There is no ${body.type} with ${body.memory} in ${body.cloud_provider} ${body.region}`,
    );
  }
  // One Free instance an account.
  if (body.type === "free-db" && fleet.all().some((instance) => instance.isFree)) {
    return quotaExceeded(answers.quota ?? 402);
  }
  const instance = await fleet.add({
    name: body.name,
    type: body.type,
    memory: body.memory,
    tenantId: body.tenant_id,
    status: "creating",
    password: randomHex(40),
  }, {
    region: body.region,
    cloudProvider: body.cloud_provider,
    ...(body.storage === undefined ? {} : { storage: body.storage }),
  });
  instance.record.vectorOptimized = body.vector_optimized ?? false;
  instance.record.graphAnalyticsPlugin = body.graph_analytics_plugin ?? false;
  return Response.json({ data: createdBody(instance) }, { status: 202 });
}
