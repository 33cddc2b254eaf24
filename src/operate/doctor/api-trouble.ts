/**
 * What the Aura API's refusals mean in a diagnosis.
 *
 * @module
 */
import type { AuraApiError } from "../../aura/errors.ts";
import type { Directions } from "../directions.ts";
import { toFailure } from "../failure.ts";
import { type Finding, wrong } from "./check.ts";

/** The finding for a call that failed. */
export function apiTrouble(error: unknown, directions: Directions): Finding {
  const { message, suggestion } = toFailure(error, directions);
  const { code, status = 0 } = Object(error) as Partial<AuraApiError>;
  const isTheirs = code === "AURA_API" && status >= 500;
  return wrong(
    message.replace(/^Cannot /, "cannot "),
    isTheirs ? "that is Aura's own trouble: see https://status.neo4j.io" : suggestion,
  );
}

/** The status that the API refused with; undefined when it did not answer, or when signing in was refused. */
export function refusalStatus(error: unknown): number | undefined {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && signIn !== true ? status : undefined;
}
