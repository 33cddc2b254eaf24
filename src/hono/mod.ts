/**
 * The Hono middleware that wakes a paused Aura database and serves the request that found it asleep.
 *
 * @module
 */
export { wake } from "./wake.ts";
export type {
  PerRequest,
  RequestAura,
  WakeEnv,
  WakeOptions,
  WakeVariables,
  WakingInfo,
} from "./options.ts";
