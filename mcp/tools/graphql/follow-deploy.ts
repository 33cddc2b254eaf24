/**
 * What becomes of a GraphQL API that was deployed: it is ready, or Aura says what is wrong with its type definitions.
 *
 * @module
 */
import type { DataApi, DataApiSummary } from "../../../src/aura/data-api.ts";
import type { Instance } from "../../../src/aura/instance.ts";
import type { AuraWaitError } from "../../../src/aura/wait-error.ts";
import type { ToolCall } from "../../call.ts";
import { type ApiRow, apiRow, type ErrorView, errorViews } from "./api-view.ts";

/** What Aura has accepted, or what was there already. */
export interface Sent {
  readonly action: "create" | "update" | "unchanged";
  readonly api: DataApi;
  /** What is wrong is the fault of these type definitions. */
  readonly sentTypes: boolean;
  /** Where its key is. */
  readonly path?: string | undefined;
}

/** How it is then. */
export interface Followed extends ApiRow {
  readonly errors: ErrorView[];
  readonly credentials_file: string | undefined;
  readonly next_step: string | undefined;
}

/** Follows it as long as it is on its way. Never fails with what was made: that is deployed, whatever becomes of the wait. */
export async function followDeploy(
  call: ToolCall,
  instance: Instance,
  { action, api, sentTypes, path }: Sent,
  { wait, timeoutMs }: { readonly wait: boolean; readonly timeoutMs: number },
): Promise<Followed> {
  const told = (now: DataApiSummary & { readonly errors?: DataApi["errors"] }): Followed => {
    const isWrong = (now.errors ?? []).length > 0;
    if (isWrong && now.status === "ready" && action === "update") {
      call.note("It still answers by the type definitions that it had before");
    }
    return {
      ...apiRow(now),
      errors: errorViews(now.errors),
      credentials_file: path,
      next_step: nextStep(now.status, isWrong, path),
    };
  };
  const isOnItsWay = ["creating", "updating", "resuming"].includes(api.status);
  if (!wait || (action === "unchanged" && !isOnItsWay)) return told(api);
  const { waitForDataApi } = await import("../../../src/operate/graphql/data-api-wait.ts");
  try {
    return told(
      await waitForDataApi(call, { instance, api }, "ready", {
        operation: action === "create" ? "creation" : "update",
        sentTypes,
        timeoutMs,
        ...(action === "create" && { justCreated: true }),
        ...(action === "update" && { justAccepted: true }),
      }),
    );
  } catch (error) {
    const { code, message, last } = Object(error) as Partial<AuraWaitError>;
    if (call.signal.aborted) throw error;
    if (code !== "AURA_WAIT_FAILED" && code !== "AURA_WAIT_DEADLINE") {
      call.note(`It was deployed, but could not be followed: ${message ?? "unknown trouble"}`);
    }
    return told(last as DataApi | undefined ?? api);
  }
}

function nextStep(status: string, isWrong: boolean, path: string | undefined): string | undefined {
  if (isWrong) return "Correct the type definitions, then deploy_graphql_api again";
  if (status === "paused") return "set_graphql_api_state resumes it";
  if (status === "error") return "delete_graphql_api, then deploy it again";
  if (status !== "ready") return "get_graphql_api shows when it is ready";
  return path === undefined
    ? undefined
    : "Queries go to url by POST, with the key from credentials_file in the header x-api-key";
}
