/**
 * `import-and-watch`
 *
 * @module
 */
import type { Complete } from "../resource.ts";
import type { Prompt } from "../prompt.ts";
import { begins } from "../resources/visible-instances.ts";
import { given, INSTANCE_ARGUMENT, instanceWords, steps, withTool } from "./steps.ts";

/** Among so many jobs models are looked for. */
const LOOKED_AT = 200;

/** No API lists models; those that were imported before are known. */
const completeModel: Complete = async (call, begun) => {
  const { latestJobs } = await import("../resources/read-import-job.ts");
  const models = (await latestJobs(call, LOOKED_AT)).map(({ modelId }) => modelId);
  return [...new Set(models)].filter((id) => begins(id, begun));
};

/** Starts an import and follows it. */
export const importAndWatch: Prompt = {
  name: "import-and-watch",
  title: "Import data and watch it",
  description:
    "Runs an import model into an instance, follows the job to its end, and explains a failure.",
  arguments: {
    model_id: {
      description: "Id of the import model, or the address of its page in the Aura console",
      required: true,
      complete: completeModel,
    },
    instance: INSTANCE_ARGUMENT,
  },
  needs: ["start_import_job", "wait_for_import_job"],
  write({ model_id: model = "", instance }, offer) {
    const { it, argument, alsoArgument } = instanceWords(instance, offer);
    const wake = withTool(
      offer,
      "resume_instance",
      (tool) => `; if it is paused, call ${tool}${argument}`,
    );
    return steps(
      `Import with the model ${given(model, 500)} into ${it}, and follow it to its end.`,
      [
        withTool(
          offer,
          "get_instance",
          (tool) => `Call ${tool}${argument}: it has to be running${wake ?? ""}.`,
        ),
        withTool(
          offer,
          "list_known_import_jobs",
          (tool) =>
            `Call ${tool}${argument}: Aura runs one import at a time into an instance, so wait for one that still runs.`,
        ),
        withTool(
          offer,
          "start_import_job",
          (tool) =>
            `Call ${tool} with model_id ${
              given(model, 500)
            }${alsoArgument}, online: bulk would replace all data, so use it only if I say so. ` +
            "A Free instance needs credential, the name of a saved login: ask me for the name, never for a password.",
        ),
        withTool(
          offer,
          "wait_for_import_job",
          (tool) => `Call ${tool} with the job_id, again and again until the job is over.`,
        ),
      ],
      "Then tell me how it ended and, if it failed, the cause and the remedy. Do not start it again by yourself.",
    );
  },
};
