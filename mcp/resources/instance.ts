/**
 * `aura://instances/{id}`
 *
 * @module
 */
import { standingOf } from "../../src/wake/standing.ts";
import type { Resource } from "../resource.ts";
import { fullView } from "../tools/instance-view.ts";
import { follow } from "./follow.ts";
import { instanceUri } from "./uris.ts";
import {
  completeInstanceId,
  instanceById,
  readInstance,
  visibleInstances,
} from "./visible-instances.ts";

/** One instance, as the API tells it. */
export const instanceResource: Resource = {
  name: "instance",
  title: "Aura instance",
  description:
    "Status, size and address of an instance, by its id. Who subscribes hears of each change while it is on its way, " +
    "such as resuming, and of whatever this server does to it.",
  uri: "aura://instances/{id}",
  mimeType: "application/json",
  async read(call, { id = "" }) {
    const instance = await instanceById(call, id);
    return instance && fullView(instance);
  },
  async list(call) {
    const all = await visibleInstances(call);
    return all.map(({ id, name }) => ({ uri: instanceUri(id), name }));
  },
  complete: { id: completeInstanceId },
  async watch(call, { id = "" }, watching) {
    const priority = "background";
    if (await instanceById(call, id, { priority }) === undefined) return watching.onChange();
    await follow(call, async () => {
      const instance = await readInstance(call, id, { priority });
      return instance && {
        state: JSON.stringify(fullView(instance)),
        isMoving: isMoving(instance.status),
      };
    }, watching);
  },
};

/** What Aura is at, and what nobody has heard of. */
function isMoving(status: string): boolean {
  if (status === "running" || status === "paused" || status === "suspended") return false;
  return standingOf(status) !== "broken" || status === "suspending";
}
