/**
 * The calls about instances, version 1 of the API.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { Clock } from "../clock.ts";
import type {
  CallOptions,
  CreatedInstance,
  Instance,
  InstanceChanges,
  InstanceSize,
  InstanceSource,
  InstanceSummary,
  NewInstance,
  SizingAnswer,
  SizingQuestion,
} from "./instance.ts";
import type { AuraRequest } from "./request.ts";
import { asSecret } from "../secret.ts";
import { readRows } from "./rows.ts";
import { type AuraWaitOptions, type Judgement, waitUntil } from "./waiter.ts";
import { instancePath, wakeApi } from "./wake-api.ts";

/** The instances of the account. Each call throws `AURA_API` or `AURA_UNREACHABLE`, or the signal's reason. */
export interface InstanceCalls {
  /** All instances that the key may see, or those of one project. */
  list(options?: CallOptions & { readonly projectId?: string }): Promise<InstanceSummary[]>;
  get(id: string, options?: CallOptions): Promise<Instance>;
  /** Sent again only when it was surely turned away: a creation sent twice may be billed twice. */
  create(instance: NewInstance, options?: CallOptions): Promise<CreatedInstance>;
  /** Renames or resizes. */
  update(id: string, changes: InstanceChanges, options?: CallOptions): Promise<Instance>;
  /** Gives the instance while it is being destroyed; undefined when the API says no more. */
  delete(id: string, options?: CallOptions): Promise<Instance | undefined>;
  pause(id: string, options?: CallOptions): Promise<Instance>;
  resume(id: string, options?: CallOptions): Promise<Instance>;
  /** Replaces all data by that of another instance, or of one of its snapshots. */
  overwrite(id: string, source: InstanceSource, options?: CallOptions): Promise<Instance>;
  /** Makes a Professional instance a Business Critical one, of the same size or of another. */
  upgrade(id: string, size?: InstanceSize, options?: CallOptions): Promise<Instance>;
  /** How large a Graph Data Science instance should be. */
  sizing(question: SizingQuestion, options?: CallOptions): Promise<SizingAnswer>;
  /**
   * Waits until the instance is running or paused, and gives it; or until it is gone, and gives undefined.
   *
   * @throws {AuraWaitError} AURA_WAIT_FAILED when it cannot come to that, AURA_WAIT_DEADLINE
   */
  waitFor(
    id: string,
    wanted: "running" | "paused",
    options?: AuraWaitOptions<Instance>,
  ): Promise<Instance>;
  waitFor(
    id: string,
    wanted: "running" | "paused" | "gone",
    options?: AuraWaitOptions<Instance>,
  ): Promise<Instance | undefined>;
}

/** What a wait mends in none of these. */
const BROKEN = /^(?:suspend|loading failed$|encryption key )/;

/** The calls over any requester. */
export function instanceCalls(request: AuraRequest, clock: Clock): InstanceCalls {
  const wake = wakeApi(request).instances;
  const instances = {
    ...wake,
    async get(id: string, options?: CallOptions): Promise<Instance> {
      const instance = await wake.get(id, options);
      const [{ name } = { name: "" }] = readRows<Instance>([instance]);
      return { ...instance, name, status: textOf(instance.status) };
    },
  };

  function waitFor(
    id: string,
    wanted: "running" | "paused",
    options?: AuraWaitOptions<Instance>,
  ): Promise<Instance>;
  async function waitFor(
    id: string,
    wanted: "running" | "paused" | "gone",
    options?: AuraWaitOptions<Instance>,
  ): Promise<Instance | undefined> {
    return await waitUntil(clock, {
      subject: `instance ${id}`,
      goal: wanted,
      untilGone: wanted === "gone",
      read: async (options) => await instances.get(id, options),
      state: ({ status }) => status,
      judge: ({ status }) => judge(status, wanted),
    }, options);
  }

  /** An accepted change may be answered without a word: what is the case is read then. */
  async function known(
    id: string,
    answer: Promise<Instance | undefined>,
    options?: CallOptions,
  ): Promise<Instance> {
    const instance = await answer;
    return instance?.id ? instance : await instances.get(id, options);
  }

  async function change(
    id: string,
    verb: "pause" | "overwrite" | "upgrade",
    body: unknown,
    options?: CallOptions,
  ): Promise<Instance> {
    const call = { ...options, ...(body !== undefined && { body }), action: `${verb} instance` };
    return await known(id, request("POST", instancePath(id, `/${verb}`), call), options);
  }

  return {
    ...instances,
    waitFor,
    list: async ({ projectId, ...options } = {}) => {
      const query = projectId ? "?tenantId=" + encodeURIComponent(projectId) : "";
      const call = { ...options, action: "list instances", need: "length" };
      return readRows(await request("GET", "/v1/instances" + query, call));
    },
    create: async (body, options) => {
      const call = { ...options, body, action: "create instance", envelope: true, need: "id" };
      // The whole answer, because problems told beside it must not cost the password.
      const { data } = await request<{ data: CreatedInstance }>("POST", "/v1/instances", call);
      return { ...data, password: asSecret(data.password) } as CreatedInstance;
    },
    update: async (id, body, options) => {
      const call = { ...options, body, action: "update instance", envelope: true };
      const answer = await request<{ data?: Instance } | undefined>(
        "PATCH",
        instancePath(id),
        call,
      );
      // To some changes the API answers with an empty object.
      return answer?.data?.id ? answer.data : await instances.get(id, options);
    },
    delete: async (id, options) =>
      await request("DELETE", instancePath(id), { ...options, action: "delete instance" }),
    resume: async (id, options) => await known(id, instances.resume(id, options), options),
    pause: async (id, options) => await change(id, "pause", undefined, options),
    overwrite: async (id, body, options) => await change(id, "overwrite", body, options),
    upgrade: async (id, body, options) => await change(id, "upgrade", body, options),
    sizing: async (body, options) =>
      await request("POST", "/v1/instances/sizing", {
        ...options,
        body,
        action: "size instance",
      }),
  };
}

/** Who does not know a status waits; who cannot read it could not even do that. */
function textOf(status: unknown): string {
  return typeof status === "string" || typeof status === "number" ? `${status}` : "unknown";
}

function judge(status: string, wanted: string): Judgement {
  if (wanted === "gone") return "waiting";
  if (status === wanted) return "done";
  const why = `it is "${status}"`;
  if (status === "destroying") {
    return { why, next: "create another instance", atOnce: true };
  }
  if (!BROKEN.test(status)) return "waiting";
  return { why, next: "look at it in the Aura console; waiting does not mend it" };
}
