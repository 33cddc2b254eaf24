/**
 * `create_instance`
 *
 * @module
 */
import { z } from "zod";
import type { NewInstance } from "../../../src/aura/instance.ts";
import type { OperateError } from "../../../src/operate/operate-error.ts";
import type { ToolCall } from "../../call.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { PROJECT, SIZE } from "../arguments.ts";
import { instanceUri } from "../../resources/uris.ts";
import { type Offer, offerFor } from "./offer.ts";

export const createInstance: Tool = defineTool({
  name: "create_instance",
  title: "Create instance",
  description:
    "Creates an instance; paid types are billed until they are deleted, so look at it with dry_run first, which also shows what can be chosen. The password goes to a file on the server's machine and is never shown. A name that the project has already is refused. Takes minutes: wait_for_instance then.",
  toolset: "instances",
  access: "write",
  effects: { destructive: false, idempotent: false, openWorld: true },
  beyondInstance: true,
  undone: "No instance was created.",
  input: z.strictObject({
    project: PROJECT,
    name: z.string().min(1).max(100).describe("1 to 30 characters"),
    type: z.string().max(50).describe('e.g. "free-db", "professional-db", "business-critical"'),
    cloud_provider: z.enum(["gcp", "aws", "azure"]).optional().describe("Default: the region's"),
    region: z.string().max(50).optional().describe("Needed unless Free"),
    memory: SIZE.optional().describe('e.g. "4GB"; needed unless Free'),
    version: z.string().max(20).optional().describe("Of Neo4j; default: the newest"),
    vector_optimized: z.boolean().optional().describe("Keep memory free for vector indexes"),
    graph_analytics: z.boolean().optional().describe("Have the graph analytics plugin"),
    clone_from: z.string().min(1).max(100).optional()
      .describe("Begin with the data of this instance: id or exact name"),
    dry_run: z.boolean().default(false).describe("Create nothing, show what would be"),
  }),
  output: z.object({
    id: z.string().optional(),
    name: z.string(),
    status: z.string(),
    credentials_file: z.string().optional(),
    would_create: z.looseObject({}).optional(),
    cost: z.string(),
    choices: z.looseObject({}).optional(),
  }),
  async run(call, args) {
    const choice = {
      ...args,
      sourceInstance: args.clone_from,
      vectorOptimized: args.vector_optimized,
      graphAnalyticsPlugin: args.graph_analytics,
    };
    if (args.dry_run) return await preview(call, choice);
    const { planInstance } = await import("../../../src/operate/instances/new-instance.ts");
    const body = await planInstance(call, choice);
    return await createOnce(call, body);
  },
});

interface Choice {
  readonly project?: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly cloud_provider?: string | undefined;
  readonly region?: string | undefined;
}

interface Previewed {
  readonly name: string;
  readonly status: "not created";
  readonly would_create?: NewInstance;
  readonly cost: string;
  readonly choices?: Record<string, unknown>;
  readonly next_step?: string;
}

/** All that can be known without creating anything; what hinders it is told beside it. */
async function preview(call: ToolCall, choice: Choice): Promise<Previewed> {
  const { planInstance } = await import("../../../src/operate/instances/new-instance.ts");
  const project = await call.project(choice.project);
  const offered = project.instance_configurations;
  const told = {
    name: choice.name,
    status: "not created",
    ...(offered && { choices: { ...offerFor(offered, choice) satisfies Offer } }),
  } as const;
  try {
    const body = await planInstance(call, { ...choice, project: project.id });
    const twin = await namesake(call, body);
    if (twin !== undefined) throw twin;
    return {
      ...told,
      would_create: body,
      cost: costOf(body.type, body.memory),
      next_step: "create_instance with the same arguments, without dry_run",
    };
  } catch (error) {
    const { code, message, suggestion } = Object(error) as Partial<OperateError>;
    if (code !== "USAGE" && code !== "VALIDATION" && code !== "CONFLICT") throw error;
    call.note(`${message}${suggestion === undefined ? "" : `; ${suggestion}`}`);
    return { ...told, cost: costOf(choice.type) };
  }
}

interface Created {
  readonly id: string;
  readonly name: string;
  readonly status: "creating";
  readonly credentials_file: string;
  readonly cost: string;
  readonly next_step: string;
}

async function createOnce(call: ToolCall, body: NewInstance): Promise<Created> {
  const [operate, { oneAtATime }] = await Promise.all([
    import("../../../src/operate/instances/create-instance.ts"),
    import("../one-at-a-time.ts"),
  ]);
  return await oneAtATime(await call.aura(), ["instance", body.tenant_id, body.name], {
    busy: async () => await conflict(body, "is being created by another call"),
    async make() {
      const twin = await namesake(call, body);
      if (twin !== undefined) throw twin;
      const { created: { id, name }, path } = await operate.createInstance(call, body, undefined);
      call.changed(instanceUri(id));
      return {
        id,
        name,
        status: "creating",
        credentials_file: path,
        cost: costOf(body.type, body.memory),
        next_step: `wait_for_instance ${id} until running`,
      };
    },
  });
}

/** The API would create a second one of the same name. */
async function namesake(
  call: ToolCall,
  body: NewInstance,
): Promise<OperateError | undefined> {
  const { instances } = await call.aura();
  const all = await instances.list({ projectId: body.tenant_id, signal: call.signal });
  const twin = all.find(({ name }) => name === body.name);
  return twin && await conflict(body, `is in the project already (${twin.id})`, twin.id);
}

async function conflict(
  { name }: NewInstance,
  why: string,
  id?: string,
): Promise<OperateError> {
  const { OperateError } = await import("../../../src/operate/operate-error.ts");
  return new OperateError(
    "CONFLICT",
    `Cannot create instance "${name}": one of this name ${why}`,
    id === undefined
      ? "list_instances shows when it is there; choose another name for a second one"
      : `use ${id}, or choose another name`,
  );
}

/** Prices are in the console; what is billed at all is known. */
function costOf(type: string, memory?: string): string {
  return type === "free-db"
    ? "nothing; Aura allows one Free instance per account"
    : `billed by the hour for ${
      memory ?? "its memory"
    } of ${type} until it is deleted, about a fifth of that while paused`;
}
