/**
 * `aura-wake instances create`
 *
 * @module
 */
import type { Instance, NewInstance } from "../../aura/instance.ts";
import { chooseConfiguration, uncheckedConfiguration } from "../instances/choose-configuration.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { createInstance } from "../instances/create-instance.ts";
import { findProject, PROJECT_FLAG } from "../instances/find-project.ts";
import { findSource } from "../instances/find-snapshot.ts";
import { instanceFields } from "../instances/instance-fields.ts";
import { PASSWORD_FLAGS } from "../secrets/instance-file.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { checkInstanceName } from "../instances/instance-name.ts";
import { waitForInstance } from "../instances/instance-wait.ts";
import { checkShown, showSecret } from "../secrets/show-secret.ts";
import { parseSize } from "../input/size-text.ts";
import { WAIT_FLAGS } from "../calls/waiting.ts";

/** Creates an instance; its password goes to a file that is open before anything is sent. */
export const instancesCreate: Command = defineCommand({
  args: {
    name: { type: "string", required: true, description: "What it is called, 1 to 30 characters" },
    type: {
      type: "string",
      default: "free-db",
      description: "What it is: free-db, professional-db, business-critical, … (default: free-db)",
    },
    memory: {
      type: "string",
      valueHint: "size",
      description: "Such as 4GB (default for Free: 1GB)",
    },
    region: { type: "string", description: "Where (default for Free: europe-west1)" },
    "cloud-provider": {
      type: "enum",
      options: ["gcp", "aws", "azure"],
      description: "Whose cloud (default: the one that has the region)",
    },
    version: { type: "string", description: "Of Neo4j (default: the newest; 5 is the latest one)" },
    project: PROJECT_FLAG,
    storage: {
      type: "string",
      valueHint: "size",
      description: "Such as 8GB (default: Aura's own)",
    },
    "source-instance": {
      type: "string",
      valueHint: "id|name",
      description: "Begin with the data of this instance (default: empty)",
    },
    "source-snapshot": {
      type: "string",
      valueHint: "id|latest",
      description: "Begin with this snapshot of --source-instance (default: a new one)",
    },
    "vector-optimized": {
      type: "boolean",
      description: "Keep memory free for vector indexes (default: off)",
    },
    "graph-analytics-plugin": {
      type: "boolean",
      description: "Install the graph analytics plugin (default: off)",
    },
    "customer-managed-key": {
      type: "string",
      valueHint: "id",
      description: "Encrypt with this key (default: Aura's own)",
    },
    ...PASSWORD_FLAGS,
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const { wait, timeout } = values;
    const isShown = checkShown(context, values["show-password"], "password");
    const body = await newInstance(context, {
      ...values,
      memory: parseSize("--memory", values.memory),
      storage: parseSize("--storage", values.storage),
    });
    const { created, path } = await createInstance(context, body, values["credentials-out"]);
    context.note(
      `Created ${
        instanceLabel(created)
      }; its password is in ${path}, which --credentials-file takes`,
    );
    if (isShown) showSecret(context, "Password", created.password);
    let now: Instance | undefined;
    try {
      if (wait) {
        now = await waitForInstance(context, created, "running", {
          operation: "creation",
          timeout,
          justCreated: true,
        });
      }
    } finally {
      // Also when the wait ends badly: this is the only time that it is told.
      const known = { ...created, ...now, credentials_file: path };
      context.print.one(known, {
        ...instanceFields({ status: "creating", memory: body.memory, ...known }),
        username: created.username,
        "password in": path,
      });
    }
  },
});

/** What the flags say, sizes read. */
interface Flags extends
  Readonly<
    Record<"name" | "type", string>
  >,
  Readonly<
    Record<
      | "memory"
      | "region"
      | "cloud-provider"
      | "version"
      | "project"
      | "storage"
      | "source-instance"
      | "source-snapshot"
      | "customer-managed-key",
      string | undefined
    >
  > {
  readonly "vector-optimized": boolean;
  readonly "graph-analytics-plugin": boolean;
}

/** Checks all that can be known before anything is sent, and gives what to send. */
async function newInstance(context: Context, flags: Flags): Promise<NewInstance> {
  const { name, type, memory, region, version, storage } = flags;
  checkInstanceName(name);
  const sourceName = flags["source-instance"];
  const snapshotName = flags["source-snapshot"];
  if (snapshotName !== undefined && sourceName === undefined) {
    throw new CliError(
      "USAGE",
      "Cannot read the arguments: --source-snapshot needs --source-instance, the one it was taken of",
    );
  }
  const project = await findProject(context, flags.project);
  const wanted = {
    type,
    memory,
    cloud_provider: flags["cloud-provider"],
    region,
    version,
    storage,
  };
  const { instance_configurations: offered } = project;
  const chosen = offered === undefined
    ? uncheckedConfiguration(wanted)
    : chooseConfiguration(`project ${project.name}`, offered, wanted);
  const source = sourceName === undefined ? undefined : await context.instance(sourceName);
  const snapshot = source === undefined || snapshotName === undefined
    ? undefined
    : await findSource(context, source, snapshotName);
  const key = flags["customer-managed-key"];
  return {
    name,
    ...chosen,
    tenant_id: project.id,
    ...(storage !== undefined && { storage }),
    ...(source && { source_instance_id: source.id }),
    ...(snapshot && { source_snapshot_id: snapshot.snapshot_id }),
    ...(key !== undefined && { customer_managed_key_id: key }),
    ...(flags["vector-optimized"] && { vector_optimized: true }),
    ...(flags["graph-analytics-plugin"] && { graph_analytics_plugin: true }),
  };
}
