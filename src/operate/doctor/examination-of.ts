/**
 * What a diagnosis starts from: the settings, and what somebody says beside them.
 *
 * @module
 */
import type { OperateContext } from "../context.ts";
import { databaseLogin, isLoginOf, type LoginChoice } from "../database/database-login.ts";
import { toFailure } from "../failure.ts";
import type { ApiAccess, DiagnoseOptions } from "./examination.ts";

/** What is to be examined, and how. */
export interface ExaminationChoice
  extends LoginChoice, Pick<DiagnoseOptions, "auraCli" | "onCheck" | "timeoutMs"> {}

/** Gives the options of `diagnose()`. @throws {OperateError} NOT_FOUND when there are no credentials of this name */
export async function examinationOf(
  context: OperateContext,
  { instance, credentials, auraCli, timeoutMs, onCheck }: ExaminationChoice,
): Promise<DiagnoseOptions> {
  const { signal, clock, fetch, directions } = context;
  const { organizationId, projectId } = await context.settings();
  const login = await databaseLogin(context, { credentials, instance });
  return {
    api: await apiAccess(context),
    instance: instance ?? login.instanceId,
    database: {
      ...login,
      ...(instance !== undefined && {
        belongsTo: (found) =>
          found === undefined ? login.instanceId === instance : isLoginOf(login, found),
      }),
    },
    organizationId,
    projectId,
    auraCli,
    timeoutMs,
    signal,
    clock,
    fetch,
    directions,
    ...(onCheck && { onCheck }),
  };
}

async function apiAccess(context: OperateContext): Promise<ApiAccess> {
  try {
    const aura = await context.aura();
    const { rows } = await context.settings();
    const signIn = rows.filter(({ variable, setting }) =>
      variable !== null && /^(?:client|api) (?:id|secret|token|username|password)$/.test(setting)
    );
    const [first] = signIn;
    if (first === undefined) return { aura, source: "the key that was given" };
    const names = signIn.map(({ variable }) => variable).join(" and ");
    return { aura, source: `${names}, from ${first.source ?? "the settings"}` };
  } catch (error) {
    const { message, suggestion } = toFailure(error, context.directions);
    return {
      problem: message.replace(/^Cannot /, "cannot "),
      remedy: suggestion ?? "set AURA_CLIENT_ID and AURA_CLIENT_SECRET",
    };
  }
}
