/**
 * `POST /instances`.
 *
 * @module
 */
import type { Fleet } from "../fleet.ts";
import { randomHex } from "../random.ts";
import { missingBilling, quotaExceeded, unknownTenant } from "./error-bodies.ts";
import { type CloneSource, findSource, noCopies } from "./clone-source.ts";
import { createdBody } from "./instance-bodies.ts";
import { type CreateRequest, readCreate } from "./instance-requests.ts";
import { invalidBody } from "./read-body.ts";
import { gigabytes } from "./sizes.ts";
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
  const source = sourceOf(fleet, body);
  if (source instanceof Response) return source;
  const instance = await fleet.add({
    name: body.name,
    type: body.type,
    memory: body.memory,
    tenantId: body.tenant_id,
    status: "creating",
    password: randomHex(40),
    // The data can be taken up by an engine of the kind that they come from.
    ...(source === undefined ? {} : { engine: source.engine }),
  }, {
    region: body.region,
    cloudProvider: body.cloud_provider,
    customerManagedKeyId: body.customer_managed_key_id,
    ...(source === undefined ? {} : { data: await source.read() }),
    ...(body.storage === undefined ? {} : { storage: body.storage }),
  });
  instance.record.vectorOptimized = body.vector_optimized ?? false;
  instance.record.graphAnalyticsPlugin = body.graph_analytics_plugin ?? false;
  return Response.json({ data: createdBody(instance) }, { status: 202 });
}

/** The data of a clone are those of the call; undefined for an empty instance. */
function sourceOf(
  fleet: Fleet,
  body: CreateRequest,
): Omit<CloneSource, "engine"> & { engine: "grafeo" | "canned" } | Response | undefined {
  if (body.source_instance_id === undefined) return undefined;
  const source = findSource(fleet, body.source_instance_id, body.source_snapshot_id);
  if (source instanceof Response) return source;
  const { memory } = source.instance.record;
  if (gigabytes(body.memory) < gigabytes(memory)) {
    return invalidBody(`memory must not be less than that of the source, ${memory}`, "memory");
  }
  const { engine } = source;
  return engine === "grafeo" || engine === "canned" ? { ...source, engine } : noCopies();
}
