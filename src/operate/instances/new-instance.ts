/**
 * What to send so that an instance is created as somebody wants it.
 *
 * @module
 */
import type { NewInstance } from "../../aura/instance.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import {
  chooseConfiguration,
  uncheckedConfiguration,
  type WantedConfiguration,
} from "./choose-configuration.ts";
import { findProject } from "./find-project.ts";
import { findSource } from "./find-snapshot.ts";
import { checkInstanceName } from "./instance-name.ts";

/** What somebody wants; what is undefined is free. */
export interface InstanceChoice extends WantedConfiguration {
  readonly name: string;
  /** Id or exact name. @default the one of the settings, or the only one */
  readonly project?: string | undefined;
  /** The instance whose data it begins with: id or exact name. @default it begins empty */
  readonly sourceInstance?: string | undefined;
  /** A snapshot of that one: an id, or `latest`. @default a new one */
  readonly sourceSnapshot?: string | undefined;
  readonly customerManagedKey?: string | undefined;
  readonly vectorOptimized?: boolean | undefined;
  readonly graphAnalyticsPlugin?: boolean | undefined;
}

/**
 * Checks all that can be known before anything is sent, and gives what to send.
 *
 * @throws {OperateError} VALIDATION with what is possible; USAGE when something has to be chosen; NOT_FOUND, AMBIGUOUS
 */
export async function planInstance(
  context: OperateContext,
  choice: InstanceChoice,
): Promise<NewInstance> {
  const { directions } = context;
  const { name, storage, sourceInstance, sourceSnapshot, customerManagedKey: key } = choice;
  checkInstanceName(name);
  if (sourceSnapshot !== undefined && sourceInstance === undefined) {
    throw new OperateError(
      "USAGE",
      `Cannot read the arguments: ${directions.field("source_snapshot")} needs ${
        directions.field("source_instance")
      }, the one it was taken of`,
    );
  }
  const project = await findProject(context, choice.project);
  const { instance_configurations: offered } = project;
  const chosen = offered === undefined
    ? uncheckedConfiguration(choice, directions)
    : chooseConfiguration(`project ${project.name}`, offered, choice, directions);
  const source = sourceInstance === undefined ? undefined : await context.instance(sourceInstance);
  const snapshot = source === undefined || sourceSnapshot === undefined
    ? undefined
    : await findSource(context, source, sourceSnapshot);
  return {
    name,
    ...chosen,
    tenant_id: project.id,
    ...(storage !== undefined && { storage }),
    ...(source && { source_instance_id: source.id }),
    ...(snapshot && { source_snapshot_id: snapshot.snapshot_id }),
    ...(key !== undefined && { customer_managed_key_id: key }),
    ...(choice.vectorOptimized && { vector_optimized: true }),
    ...(choice.graphAnalyticsPlugin && { graph_analytics_plugin: true }),
  };
}
