/**
 * `deploy_graphql_api`
 *
 * @module
 */
import { z } from "zod";
import type { NewAuthProvider, NewDataApi } from "../../../src/aura/data-api.ts";
import type { Instance } from "../../../src/aura/instance.ts";
import type { DataApiPlan } from "../../../src/operate/graphql/plan-data-api.ts";
import { CREDENTIAL, INSTANCE, timeoutSeconds } from "../arguments.ts";
import type { ToolCall } from "../../call.ts";
import { schemaUri } from "../../resources/uris.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { API_ROW, apiRow, ERRORS, type ErrorView, errorViews } from "./api-view.ts";
import { confirmReplacement } from "./confirm-replacement.ts";
import { followDeploy, type Sent } from "./follow-deploy.ts";
import { JWKS_URL, TYPE_DEFINITIONS } from "./graphql-arguments.ts";

/** What a person reads before saying yes; more shows no more. */
const MOST_LINES = 60;

export const deployGraphqlApi: Tool = defineTool({
  name: "deploy_graphql_api",
  title: "Deploy GraphQL API",
  description:
    "Creates the GraphQL API of this name over an instance, or updates it; what is deployed already is not sent again. Waits until it is ready, or shows Aura's errors. A person is asked before definitions in use are replaced. A new key goes to a file. dry_run first shows the plan.",
  toolset: "graphql",
  access: "write",
  effects: { destructive: true, idempotent: true, openWorld: true },
  asks: true,
  undone: "The GraphQL API was not deployed.",
  input: z.strictObject({
    instance: INSTANCE,
    name: z.string().min(1).max(100).describe("Exact name of the API"),
    type_definitions: TYPE_DEFINITIONS,
    auth: z.enum(["api-key", "jwks"]).optional()
      .describe("How callers of a new API sign in; api-key if left out"),
    jwks_url: JWKS_URL,
    allowed_origins: z.array(z.string().max(300)).max(100).optional()
      .describe("Web pages that may call it, as https://app.example.com; replaces the list"),
    credential: CREDENTIAL
      .describe("Name of a saved login of the database, if not Aura's own account"),
    memory: z.enum(["256MB", "512MB", "1024MB", "2048MB", "4096MB"]).optional()
      .describe("Size of a new API"),
    wait: z.boolean().default(true).describe("Wait until it is ready"),
    timeout_seconds: timeoutSeconds(300),
    dry_run: z.boolean().default(false).describe("Only show what would be sent"),
  }),
  output: z.object({
    action: z.string(),
    ...API_ROW,
    id: z.string().optional(),
    errors: ERRORS,
    lines_added: z.number(),
    lines_removed: z.number(),
    diff: z.string().optional(),
    credentials_file: z.string().optional(),
  }),
  async run(call, input) {
    const { instance: named, name, type_definitions: types, credential, memory } = input;
    const [{ checkedTypes, NO_GRAPHQL }, { planDataApi }, { newProvider }, { readOrigins }] =
      await Promise.all([
        import("../../../src/operate/graphql/checked-types.ts"),
        import("../../../src/operate/graphql/plan-data-api.ts"),
        import("../../../src/operate/graphql/new-provider.ts"),
        import("../../../src/operate/graphql/origins.ts"),
      ]);
    const { auth = "api-key", jwks_url: url } = input;
    const providerName = auth === "jwks" ? "jwks" : "default";
    const provider = newProvider({ type: auth, name: providerName, url }, call.directions);
    const origins = input.allowed_origins && readOrigins(input.allowed_origins);
    const checked = await checkedTypes(name, types);
    if (checked === undefined) call.note(`Only Aura checks the type definitions: ${NO_GRAPHQL}`);
    const isSubgraph = checked?.isSubgraph === true;
    const instance = await call.instance(named);
    const plan = await planDataApi(call, instance, { name, types, origins, isSubgraph });
    if (plan.action !== "create" && input.auth !== undefined) {
      call.note("auth is for a new API; add_graphql_auth_provider adds a way to sign in");
    }
    const seen = planView(plan, name);
    if (input.dry_run) {
      call.note("Nothing was sent: dry_run");
      return { outcome: "dry_run", ...seen, ...dryView(plan) };
    }
    if (plan.replacesTypes || plan.lostOrigins.length > 0) await confirmReplacement(call, plan);
    const sent = plan.present === undefined
      ? await createOnce(call, plan, credential, {
        name,
        types,
        memory,
        isSubgraph,
        origins,
        provider,
      })
      : await update(call, { ...plan, present: plan.present }, credential);
    if (sent.action !== "unchanged") call.changed(schemaUri(instance.id, sent.api.id));
    const followed = await followDeploy(call, instance, sent, {
      wait: input.wait,
      timeoutMs: input.timeout_seconds * 1_000,
    });
    const isWrong = followed.status === "error" || followed.errors.length > 0;
    return { ...seen, action: sent.action, ...followed, ...(isWrong && { outcome: "failed" }) };
  },
});

/** The plan in numbers, and in lines where it replaces some. */
function planView({ action, diff, present }: DataApiPlan, name: string): {
  readonly action: string;
  readonly name: string;
  readonly lines_added: number;
  readonly lines_removed: number;
} {
  return {
    action,
    name: present?.name ?? name,
    lines_added: diff.added,
    lines_removed: diff.removed,
  };
}

/** What is there now, and what would become of it. */
function dryView({ present, diff, action }: DataApiPlan): {
  readonly status: string;
  readonly errors: ErrorView[];
  readonly diff?: string;
} {
  const lines = diff.lines.slice(0, MOST_LINES);
  if (diff.lines.length > MOST_LINES) lines.push(`… ${diff.lines.length - MOST_LINES} more`);
  return {
    ...(present === undefined ? { status: "none" } : apiRow(present)),
    errors: errorViews(present?.errors),
    ...(action === "update" && lines.length > 0 && { diff: lines.join("\n") }),
  };
}

interface Wanted {
  readonly name: string;
  readonly types: string;
  readonly memory: string | undefined;
  readonly isSubgraph: boolean;
  readonly origins: readonly string[] | undefined;
  readonly provider: NewAuthProvider;
}

/** Aura would make a second one of the same name, and then nobody could tell which one is meant. */
async function createOnce(
  call: ToolCall,
  { instance }: DataApiPlan,
  credentials: string | undefined,
  wanted: Wanted,
): Promise<Sent> {
  const { name } = wanted;
  const { oneAtATime } = await import("../one-at-a-time.ts");
  const busy = async (): Promise<Error> => {
    const { OperateError } = await import("../../../src/operate/operate-error.ts");
    return new OperateError(
      "CONFLICT",
      `Cannot deploy Data API "${name}": it is being deployed by another call`,
      "wait for that one, then look at it with get_graphql_api",
    );
  };
  const aura = await call.aura();
  return await oneAtATime(aura, ["data-api", instance.id, name], {
    busy,
    async make() {
      // The plan may be older than what another call has made since.
      const all = await aura.dataApis.list(instance.id, { signal: call.signal });
      if (all.some((api) => api.name === name)) throw await busy();
      return await create(call, instance, credentials, wanted);
    },
  });
}

async function create(
  call: ToolCall,
  instance: Instance,
  credentials: string | undefined,
  { name, types, memory, isSubgraph, origins, provider }: Wanted,
): Promise<Sent> {
  const { createWithAccount } = await import(
    "../../../src/operate/graphql/create-with-account.ts"
  );
  const { made, path } = await createWithAccount(call, {
    instance,
    credentials,
    body: (account): NewDataApi => ({
      name,
      type_definitions: types,
      aura_instance: account,
      ...(memory !== undefined && { memory }),
      ...(isSubgraph && { features: { subgraph: true } }),
      security: {
        authentication_providers: [provider],
        ...(origins && { cors_policy: { allowed_origins: origins } }),
      },
    }),
  });
  return { action: "create", api: made, sentTypes: true, path };
}

/** Sends what differs; nothing where nothing does. */
async function update(
  call: ToolCall,
  { instance, present, action, changes }: DataApiPlan & {
    readonly present: NonNullable<DataApiPlan["present"]>;
  },
  credentials: string | undefined,
): Promise<Sent> {
  // One that does not work may be waiting for another login.
  const isLoginWanted = credentials !== undefined && present.status === "error";
  if (action === "unchanged" && !isLoginWanted) {
    call.note(
      credentials === undefined
        ? "It is deployed like this already; nothing was sent"
        : "It is deployed like this already; nothing was sent, nor was the login",
    );
    return { action, api: present, sentTypes: true };
  }
  const { dataApiAccount } = await import("../../../src/operate/graphql/data-api-account.ts");
  const account = await dataApiAccount(call, { credentials });
  const { dataApis } = await call.aura();
  const api = await dataApis.update(instance.id, present.id, {
    ...changes,
    ...(account && { aura_instance: account }),
  }, { signal: call.signal });
  return { action: "update", api, sentTypes: changes.type_definitions !== undefined };
}
