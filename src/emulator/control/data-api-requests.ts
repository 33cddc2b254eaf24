/**
 * What may be sent about Data APIs.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import { z } from "zod";
import type { OpenAnswers } from "../options.ts";
import { readBody } from "./read-body.ts";

/** How a caller of a Data API is to sign in. */
export interface ProviderRequest {
  type: "api-key" | "jwks";
  name: string;
  enabled: boolean;
  url?: string | undefined;
}

/** The body of a creation. How the Data API signs in to its instance is looked at, but not taken along. */
export interface CreateDataApiRequest {
  name: string;
  type_definitions: string;
  features?: { subgraph?: boolean | undefined } | undefined;
  security: {
    authentication_providers: ProviderRequest[];
    cors_policy?: { allowed_origins?: string[] | undefined } | undefined;
  };
}

/** The body of a change. */
export interface PatchDataApiRequest {
  name?: string | undefined;
  type_definitions?: string | undefined;
  features?: { subgraph?: boolean | undefined } | undefined;
  security?:
    | { cors_policy?: { allowed_origins?: string[] | undefined } | undefined }
    | undefined;
}

/** The body of a change of a provider. */
export interface PatchProviderRequest {
  name?: string | undefined;
  enabled?: boolean | undefined;
  url?: string | undefined;
}

/** Which way of signing in to the instance is taken. */
export type CredentialStyle = NonNullable<OpenAnswers["dataApiCredentials"]>;

const TEXT = z.string().min(1);
const WEB_ADDRESS = z.url({ protocol: /^https?$/, error: "must be the URL of the keys" });
const MEMORY = z.enum(["256MB", "512MB", "1024MB", "2048MB", "4096MB"]);
const FEATURES = z.looseObject({ subgraph: z.boolean().optional() });
const CORS_POLICY = z.looseObject({ allowed_origins: z.array(TEXT).optional() });

const TYPE_DEFINITIONS = z.string().superRefine((text, context) => {
  const decoded = decodeTypeDefinitions(text);
  if (decoded?.trim()) return;
  const message = decoded === undefined ? "must be base64 of a text" : "must not be empty";
  context.addIssue({ code: "custom", message });
});

const PROVIDER: z.ZodType<ProviderRequest> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("api-key"), name: TEXT, enabled: z.boolean().default(true) }),
  z.object({
    type: z.literal("jwks"),
    name: TEXT,
    enabled: z.boolean().default(true),
    url: WEB_ADDRESS,
  }),
]);

const PATCH_PROVIDER: z.ZodType<PatchProviderRequest> = z.object({
  name: TEXT.optional(),
  enabled: z.boolean().optional(),
  url: WEB_ADDRESS.optional(),
}).refine((body) => Object.values(body).some((value) => value !== undefined), {
  message: "at least one field must be given",
});

/** Reads the body of a creation; a Response says what is wrong with it. */
export function readCreateDataApi(
  text: string,
  style: CredentialStyle,
): CreateDataApiRequest | Response {
  const schema: z.ZodType<CreateDataApiRequest> = z.object({
    name: TEXT,
    type_definitions: TYPE_DEFINITIONS,
    aura_instance: account(style, true),
    memory: MEMORY.optional(),
    features: FEATURES.optional(),
    security: z.object({
      authentication_providers: z.array(PROVIDER),
      cors_policy: CORS_POLICY.optional(),
    }),
  });
  return readBody(text, schema);
}

/** Reads the body of a change; a Response says what is wrong with it. */
export function readPatchDataApi(
  text: string,
  style: CredentialStyle,
): PatchDataApiRequest | Response {
  // Unknown keys are kept, for one of them is enough to make a body count as one.
  const schema: z.ZodType<PatchDataApiRequest> = z.looseObject({
    name: TEXT.optional(),
    type_definitions: TYPE_DEFINITIONS.optional(),
    aura_instance: account(style, false).optional(),
    memory: MEMORY.optional(),
    features: FEATURES.optional(),
    security: z.looseObject({ cors_policy: CORS_POLICY.optional() }).optional(),
  }).refine(hasContent, { message: "The request body is empty" });
  return readBody(text, schema);
}

/** Reads the body of a new provider; a Response says what is wrong with it. */
export function readProvider(text: string): ProviderRequest | Response {
  return readBody(text, PROVIDER);
}

/** Reads the body of a change of a provider; a Response says what is wrong with it. */
export function readPatchProvider(text: string): PatchProviderRequest | Response {
  return readBody(text, PATCH_PROVIDER);
}

/** The text in the base64, which may be broken into lines; undefined when it is none. */
export function decodeTypeDefinitions(text: string): string | undefined {
  const encoded = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) {
    return undefined;
  }
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A user of the database, or one of Aura's own accounts. */
function account(style: CredentialStyle, isWhole: boolean): z.ZodType<Record<string, unknown>> {
  const user = z.object({ username: TEXT, password: TEXT });
  const service = z.object({ service_account: z.enum(["read_only", "read_write"]) });
  return z.looseObject({}).superRefine((value, context) => {
    const isService = style === "service-account" ||
      (style === "either" && value["service_account"] !== undefined);
    const foreign = isService ? ["username", "password"] : ["service_account"];
    const unwanted = style === "either" ? [] : foreign.filter((key) => value[key] !== undefined);
    for (const key of unwanted) {
      context.addIssue({ code: "custom", path: [key], message: "is not supported" });
    }
    const wanted = isService ? service : isWhole ? user : user.partial();
    const { error } = wanted.safeParse(value);
    if (unwanted.length > 0 && !isWhole) return;
    for (const { path, message } of error?.issues ?? []) {
      context.addIssue({ code: "custom", path, message });
    }
  });
}

/** Whether there is anything in it but empty lists and objects: the API takes such a body for none. */
function hasContent(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value !== undefined;
  return Object.values(value).some(hasContent);
}
