/**
 * `aura-wake instances create`
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import { createInstance } from "../../operate/instances/create-instance.ts";
import { instanceLabel } from "../../operate/instances/instance-label.ts";
import { waitForInstance } from "../../operate/instances/instance-wait.ts";
import { planInstance } from "../../operate/instances/new-instance.ts";
import { type Command, defineCommand } from "../command.ts";
import { parseSize } from "../input/size-text.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { instanceFields } from "../instances/instance-fields.ts";
import { PROJECT_FLAG } from "../instances/project-flag.ts";
import { PASSWORD_FLAGS } from "../secrets/secret-flags.ts";
import { checkShown, showSecret } from "../secrets/show-secret.ts";

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
    const { name, type, region, version, project } = values;
    const body = await planInstance(context, {
      name,
      type,
      memory: parseSize("--memory", values.memory),
      storage: parseSize("--storage", values.storage),
      cloud_provider: values["cloud-provider"],
      region,
      version,
      project,
      sourceInstance: values["source-instance"],
      sourceSnapshot: values["source-snapshot"],
      customerManagedKey: values["customer-managed-key"],
      vectorOptimized: values["vector-optimized"],
      graphAnalyticsPlugin: values["graph-analytics-plugin"],
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
          timeoutMs: readTimeout(timeout),
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
