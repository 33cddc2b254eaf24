/**
 * Can import jobs be started? Asked without starting one.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import { apiTrouble, refusalStatus } from "./api-trouble.ts";
import { type Finding, fine, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";

/** No job has this id: an API that says so has understood the question. */
const NO_JOB = "00000000-0000-0000-0000-000000000000";
/** An account with more is asked about its first ones only. */
const MOST_ORGANIZATIONS = 5;

interface Named {
  readonly id: string;
}

/** Asks for a job that does not exist: "not found", in the API's own words, is the proof. */
export async function checkImportApi(
  { api, facts, organizationId, projectId, directions }: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  if (!("aura" in api)) throw new TypeError("Cannot ask for imports without credentials");
  try {
    const wanted = facts.instance?.tenant_id ?? projectId;
    const place = organizationId !== undefined && wanted !== undefined
      ? { organization: organizationId, project: wanted }
      : await findPlace(api.aura, wanted, signal);
    if (place === undefined) {
      return wrong(
        "the API shows no organization with this project",
        "ask for a role in the organization, or set AURA_ORGANIZATION_ID and AURA_PROJECT_ID",
      );
    }
    const { organization, project } = place;
    const path = `/v2beta1/organizations/${encodeURIComponent(organization)}` +
      `/projects/${encodeURIComponent(project)}/import/jobs/${NO_JOB}`;
    await api.aura.request("GET", path, { signal, action: "ask for an import job" });
    return fine(`it answers for project ${project}`);
  } catch (error) {
    signal.throwIfAborted();
    const isProof = refusalStatus(error) === 404 && isAboutJob(error);
    return isProof
      ? fine("it answers, and knows no job of the id that was tried")
      : apiTrouble(error, directions);
  }
}

/** A 404 for a path that nobody serves says nothing of the job. */
function isAboutJob(error: unknown): boolean {
  const { errors = [] } = Object(error) as { errors?: readonly { readonly message: string }[] };
  return errors.some(({ message }) => message.includes(NO_JOB));
}

/** The organization that the project belongs to, or the first project of the first one. */
async function findPlace(
  aura: Pick<Aura, "request">,
  project: string | undefined,
  signal: AbortSignal,
): Promise<{ organization: string; project: string } | undefined> {
  const organizations = await aura.request<readonly Named[]>("GET", "/v2beta1/organizations", {
    signal,
    action: "list organizations",
  });
  for (const { id } of organizations.slice(0, MOST_ORGANIZATIONS)) {
    const path = `/v2beta1/organizations/${encodeURIComponent(id)}/projects`;
    const projects = await aura.request<readonly Named[]>("GET", path, {
      signal,
      action: "list projects",
    });
    const found = projects.find((each) => project === undefined || each.id === project);
    if (found !== undefined) return { organization: id, project: found.id };
  }
  return undefined;
}
