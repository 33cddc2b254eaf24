/**
 * `update_instance`
 *
 * @module
 */
import { z } from "zod";
import type { Instance, InstanceChanges } from "../../../src/aura/instance.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { INSTANCE, SIZE } from "../arguments.ts";
import { identityOf, INSTANCE_FIELDS } from "../instance-view.ts";
import { instanceUri } from "../../resources/uris.ts";
import { refuseWhileBusy } from "./not-now.ts";
import { offeredMemory } from "./offer.ts";

/** What is paid for. */
const COSTLY = ["memory", "storage", "secondaries_count"] as const;

export const updateInstance: Tool = defineTool({
  name: "update_instance",
  title: "Update instance",
  description:
    "Renames, resizes or reconfigures an instance, which stays usable meanwhile. Another memory, storage or number of secondaries changes what it costs, so a person is asked first. What is so already is not sent again.",
  toolset: "instances",
  access: "write",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The instance was not changed.",
  input: z.strictObject({
    instance: INSTANCE,
    name: z.string().min(1).max(100).optional().describe("The new name, 1 to 30 characters"),
    memory: SIZE.optional().describe('e.g. "8GB"'),
    storage: SIZE.optional().describe('e.g. "16GB"'),
    vector_optimized: z.boolean().optional().describe("Keep memory free for vector indexes"),
    graph_analytics: z.boolean().optional().describe("Have the graph analytics plugin"),
    secondaries: z.int().min(0).max(20).optional().describe("Read replicas"),
  }),
  output: z.object({ ...INSTANCE_FIELDS, changed: z.array(z.string()) }),
  async run(call, { instance: named, ...wanted }) {
    await checkWanted(wanted);
    const instance = await call.instance(named);
    const changes = changesTo(instance, wanted);
    const changed = Object.keys(changes);
    await refuseLosingIt(call, instance, changes);
    if (changed.length === 0) {
      call.note("It is as wanted already; nothing was sent");
      return { ...identityOf(instance), changed };
    }
    const costly = COSTLY.filter((field) => changes[field] !== undefined);
    if (costly.length > 0) await agree(call, instance, changes, costly);
    const { instances } = await call.aura();
    let now: Instance;
    try {
      now = await instances.update(instance.id, changes, { signal: call.signal });
    } finally {
      call.changed(instanceUri(instance.id));
    }
    return { ...identityOf(now), changed, next_step: nextStep(instance, now, changed) };
  },
});

/** Undefined when it is done. */
function nextStep(
  before: Instance,
  { id, status }: Instance,
  changed: readonly string[],
): string | undefined {
  // A paused instance is renamed, and stays asleep.
  const wait = `wait_for_instance ${id} until ${before.status === "paused" ? "paused" : "running"}`;
  if (status !== before.status) return wait;
  if (changed.every((field) => field === "name")) return undefined;
  return `Aura has accepted it, but does not show it yet: ${wait} in half a minute`;
}

interface Wanted {
  readonly name?: string | undefined;
  readonly memory?: string | undefined;
  readonly storage?: string | undefined;
  readonly vector_optimized?: boolean | undefined;
  readonly graph_analytics?: boolean | undefined;
  readonly secondaries?: number | undefined;
}

async function checkWanted(wanted: Wanted): Promise<void> {
  if (Object.values(wanted).every((value) => value === undefined)) {
    const { OperateError } = await import("../../../src/operate/operate-error.ts");
    throw new OperateError(
      "USAGE",
      "Cannot update instance: nothing to change is given",
      "give name, memory or another of the arguments",
    );
  }
  if (wanted.name === undefined) return;
  const { checkInstanceName } = await import("../../../src/operate/instances/instance-name.ts");
  checkInstanceName(wanted.name);
}

/** Under another name nobody here would find it any more. @throws {OperateError} NOT_PERMITTED */
async function refuseLosingIt(
  { scope }: ToolCall,
  instance: Instance,
  { name }: InstanceChanges,
): Promise<void> {
  if (name === undefined || scope.instance === undefined || scope.instance === instance.id) return;
  const [{ OperateError }, { instanceLabel }] = await Promise.all([
    import("../../../src/operate/operate-error.ts"),
    import("../../../src/operate/instances/instance-label.ts"),
  ]);
  throw new OperateError(
    "NOT_PERMITTED",
    `Cannot rename ${
      instanceLabel(instance)
    }: by this name alone the server knows what it is narrowed to`,
    `ask whoever runs the server to narrow it to ${instance.id} instead`,
  );
}

/** Only what is another than it was: a call that comes twice changes nothing more. */
function changesTo(instance: Instance, wanted: Wanted): InstanceChanges {
  const { graph_analytics, secondaries, ...same } = wanted;
  const all: InstanceChanges = {
    ...same,
    graph_analytics_plugin: graph_analytics,
    secondaries_count: secondaries,
  } as InstanceChanges;
  return Object.fromEntries(
    Object.entries(all).filter(([field, value]) =>
      value !== undefined && value !== instance[field]
    ),
  );
}

async function agree(
  call: ToolCall,
  instance: Instance,
  changes: InstanceChanges,
  costly: readonly (typeof COSTLY[number])[],
): Promise<void> {
  const { instanceLabel } = await import("../../../src/operate/instances/instance-label.ts");
  const { instances } = await call.aura();
  const label = instanceLabel(instance);
  await refuseWhileBusy(call, instance, { verb: "change", in: ["running", "paused"] });
  await checkMemory(call, instance, label, changes.memory);
  const sizeOf = (seen: Instance): unknown => ({
    ...identityOf(seen),
    ...Object.fromEntries(costly.map((field) => [field, seen[field] ?? null])),
  });
  const steps = costly.map((field) =>
    `${field} from ${amountOf(instance, field)} to ${amountOf(changes, field)}`
  );
  await call.confirm({
    action: `change instance ${label}: ${steps.join(", ")}`,
    consequence: "Aura bills the new size from then on. It stays usable meanwhile.",
    observed: sizeOf(instance),
    observe: async () => sizeOf(await instances.get(instance.id, { signal: call.signal })),
  });
}

function amountOf(of: Readonly<Record<string, unknown>>, field: string): string {
  const amount = of[field];
  return typeof amount === "string" || typeof amount === "number" ? `${amount}` : "unknown";
}

/** Nobody is asked about what Aura would refuse anyway. @throws {OperateError} VALIDATION with what is possible */
async function checkMemory(
  call: ToolCall,
  instance: Instance,
  label: string,
  memory: string | undefined,
): Promise<void> {
  if (memory === undefined) return;
  const sizes = await offeredMemory(call, instance);
  if (sizes.length === 0 || sizes.includes(memory)) return;
  const { OperateError } = await import("../../../src/operate/operate-error.ts");
  throw new OperateError(
    "VALIDATION",
    `Cannot change ${label}: its project offers no ${memory} for ${instance.type ?? "it"} in ${
      instance.region ?? "its region"
    }`,
    `memory can be ${sizes.join(", ")}`,
  );
}
