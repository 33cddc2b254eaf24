/**
 * The context of one call, made of its caller's account and of the client on the other side.
 *
 * @module
 */
import type { Instance } from "../../src/aura/instance.ts";
import type { Clock } from "../../src/clock.ts";
import type { SecretSink } from "../../src/operate/secrets/secret-place.ts";
import { OperateError } from "../../src/operate/operate-error.ts";
import type { ToolCall } from "../call.ts";
import type { Confirm } from "../consent/confirm.ts";
import { NotConfirmed } from "../consent/question.ts";
import type { Directions } from "../../src/operate/directions.ts";
import type { Mode } from "../mode.ts";
import type { Mask } from "../output/mask.ts";
import { createProgress } from "../output/progress.ts";
import type { Scope } from "../scope.ts";
import type { Wire } from "../wire.ts";
import type { Account } from "./account.ts";

/** What a call is made of. */
export interface CallParts {
  readonly account: Account;
  readonly wire: Wire;
  readonly mode: Mode;
  readonly scope: Scope;
  /** The instance that the scope names, once it was found: somebody may give its name to another. */
  readonly pin: { instanceId?: string };
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly secrets: SecretSink;
  readonly directions: Directions;
  readonly confirm: Confirm;
}

/** A call, what was noted in it, and what ends it. */
export interface OpenCall {
  readonly call: ToolCall;
  /** For what is told of it. */
  readonly mask: Mask;
  readonly notes: readonly string[];
  readonly close: () => Promise<void>;
}

/** Makes the context. Nothing is read or opened yet. */
export function openCall(parts: CallParts): OpenCall {
  const { account, wire, scope, clock } = parts;
  const { signal } = wire;
  const notes: string[] = [];
  const endings: (() => void | Promise<void>)[] = [];
  const { progress: tell } = wire;
  const progress = createProgress({
    clock,
    tell: tell && ((text) => tell(account.mask.text(text))),
  });

  const call: ToolCall = {
    signal,
    clock,
    fetch: parts.fetch,
    directions: parts.directions,
    secrets: parts.secrets,
    mode: parts.mode,
    scope,
    ownProjectsOnly: account.isGuest,
    settings: () => account.settings(),
    aura: () => account.aura(),
    credentials: (name) => account.credentials(name, (text) => void notes.push(text)),
    state: () => account.state(),
    confirm: (question) => parts.confirm(question, progress),
    changed: (uri) => wire.changed(uri),
    async instance(named) {
      const { namedInstance } = await import("../../src/operate/instances/named-instance.ts");
      const { pin } = parts;
      const wanted = pin.instanceId ?? scope.instance ?? named;
      const pinned = (instance: Instance): Instance => {
        if (scope.instance !== undefined) pin.instanceId = instance.id;
        return instance;
      };
      if (scope.project === undefined) return pinned(await namedInstance(call, wanted));
      const { projectId } = await import("../../src/operate/instances/find-project.ts");
      const aura = await account.aura();
      const project = await projectId(call, scope.project);
      // One of the same name in another project does not make a name ambiguous here.
      const list: typeof aura.instances.list = (options) =>
        aura.instances.list({ ...options, projectId: project });
      const within = { ...aura, instances: { ...aura.instances, list } };
      const scoped = { ...call, aura: () => Promise.resolve(within) };
      try {
        const instance = await namedInstance(scoped, wanted);
        if (instance.tenant_id === project) return pinned(instance);
      } catch (error) {
        if ((Object(error) as Partial<OperateError>).code !== "NOT_FOUND") throw error;
      }
      throw new OperateError(
        "NOT_FOUND",
        `Cannot find instance "${
          wanted ?? "of the settings"
        }": it is not in project "${scope.project}", which is all that this server works on`,
        `${parts.directions.instances.list()} shows what there is`,
      );
    },
    async project(named) {
      const { findProject } = await import("../../src/operate/instances/find-project.ts");
      return await findProject(call, scope.project ?? named);
    },
    note: (text) => void notes.push(text),
    progress: () => progress,
    onEnd: (action) => void endings.push(action),
  };

  return {
    call,
    mask: account.mask,
    notes,
    async close() {
      // One that fails keeps no other from ending, and spoils no result.
      for (const end of endings.reverse()) {
        try {
          await end();
        } catch {
          notes.push("A connection could not be closed cleanly");
        }
      }
      progress.close();
    },
  };
}

/** The same for what only reads, and so never asks. */
export function openReading(parts: Omit<CallParts, "confirm">): OpenCall {
  const confirm = (): Promise<never> =>
    Promise.reject(new NotConfirmed("refused", "Cannot ask anybody while reading"));
  return openCall({ ...parts, confirm });
}
