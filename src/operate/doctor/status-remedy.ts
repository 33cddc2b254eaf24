/**
 * What to do about a database that does not answer, where the Aura API has said why.
 *
 * @module
 */
import type { Examination } from "./examination.ts";

/** The remedy for the instance or its status; undefined when the API has said nothing, or nothing that explains it. */
export function statusRemedy({ made }: Pick<Examination, "made">): string | undefined {
  const said = [made.get("instance"), made.get("status")].find((check) => check?.ok === false);
  return said?.remedy;
}
