/**
 * Finds the project that a person means: by id or exact name, else the one of the settings, else the only one.
 *
 * @module
 */
import type { Project, ProjectSummary } from "../../aura/project.ts";
import type { OperateContext } from "../context.ts";
import type { Directions } from "../directions.ts";
import { OperateError } from "../operate-error.ts";
import { pickNamed } from "./pick-named.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Gives the project with what may be created in it.
 *
 * @throws {OperateError} NOT_FOUND, AMBIGUOUS when nothing tells which one is meant
 */
export async function findProject(
  context: OperateContext,
  named: string | undefined,
): Promise<Project> {
  const aura = await context.aura();
  const { signal } = context;
  const wanted = named ?? (await context.settings()).projectId;
  const id = wanted === undefined
    ? onlyOne(await aura.projects.list({ signal }), context.directions).id
    : await projectId(context, wanted);
  return await aura.projects.get(id, { signal });
}

/** Gives the id of a project that was named. @throws {OperateError} NOT_FOUND, AMBIGUOUS */
export async function projectId(context: OperateContext, named: string): Promise<string> {
  if (UUID.test(named)) return named;
  const { projects } = await context.aura();
  return pickNamed({
    kind: "project",
    all: await projects.list({ signal: context.signal }),
    named,
    hint: `${context.directions.projects.list} shows what there is`,
  }).id;
}

function onlyOne(all: readonly ProjectSummary[], { field }: Directions): ProjectSummary {
  const [first, second] = all;
  if (first === undefined) {
    throw new OperateError(
      "NOT_FOUND",
      "Cannot find a project: the API key sees none",
      "check that the user who made the API key belongs to one",
    );
  }
  if (second === undefined) return first;
  throw new OperateError(
    "AMBIGUOUS",
    `Cannot tell which project is meant: there are ${all.length}`,
    `add ${field("project")}, or set AURA_PROJECT_ID: ${
      all.map(({ id, name }) => `${id} (${name})`).join(", ")
    }`,
  );
}
