/**
 * `aura://import-jobs/{id}`
 *
 * @module
 */
import type { JobRecord } from "../../src/store/journal.ts";
import type { Resource } from "../resource.ts";
import { follow } from "./follow.ts";
import { importJobUri } from "./uris.ts";
import { begins } from "./visible-instances.ts";

/** So many are listed; the others have their address all the same. */
const LISTED = 25;
/** Among so many completions are looked for. */
const LOOKED_AT = 200;

/** One import job, as it is written down here and as the API tells it. */
export const importJobResource: Resource = {
  name: "import-job",
  title: "Aura import job",
  description:
    "How an import job stands, why it failed and what to do, by its id or by the key under which it is written down here. " +
    "Jobs that were started from here are listed, since Aura has no list. Who subscribes hears how far it is.",
  uri: "aura://import-jobs/{id}",
  mimeType: "application/json",
  toolset: "imports",
  async read(call, { id = "" }) {
    const { readImportJob } = await import("./read-import-job.ts");
    return await readImportJob(call, id);
  },
  async list(call) {
    const { latestJobs } = await import("./read-import-job.ts");
    return (await latestJobs(call, LISTED)).map((record) => ({
      uri: importJobUri(addressOf(record)),
      name: `Import into ${record.instanceName ?? record.instanceId}, ${
        new Date(record.startedAt).toISOString()
      }`,
    }));
  },
  complete: {
    async id(call, begun) {
      const { latestJobs } = await import("./read-import-job.ts");
      return (await latestJobs(call, LOOKED_AT))
        .filter(({ key, jobId = "" }) => begins(jobId, begun) || begins(key, begun))
        .map(addressOf);
    },
  },
  async watch(call, { id = "" }, watching) {
    const { readImportJob, isSettled } = await import("./read-import-job.ts");
    await follow(call, async () => {
      const now = await readImportJob(call, id, "background");
      return now && {
        state: JSON.stringify([now.state, now["stage"], now.percent]),
        isMoving: !isSettled(now),
      };
    }, watching);
  },
};

function addressOf({ jobId, key }: JobRecord): string {
  return jobId ?? key;
}
