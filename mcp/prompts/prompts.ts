/**
 * All prompts, in the order in which they are listed.
 *
 * @module
 */
import type { Prompt } from "../prompt.ts";
import { deployApi } from "./deploy-api.ts";
import { importAndWatch } from "./import-and-watch.ts";
import { wakeAndCheck } from "./wake-and-check.ts";
import { whyIsItDown } from "./why-is-it-down.ts";

/** Fixed, so that clients can keep the list. */
export const PROMPTS: readonly Prompt[] = [wakeAndCheck, importAndWatch, deployApi, whyIsItDown];
