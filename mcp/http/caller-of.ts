/**
 * Makes the caller of what a request brings: its identity, a key of the Aura API of its own, and what it narrows the server to.
 *
 * @module
 */
import type { Caller } from "../caller.ts";
import { allows } from "../mode.ts";
import type { Identity } from "./authenticate.ts";
import { sha256 } from "./bearer.ts";
import { readNarrowing } from "./narrowing.ts";
import { type Checked, refuse, RPC } from "./rpc-error.ts";
import type { HttpSettings } from "./settings.ts";

/** A caller as the sessions know it. */
export interface HttpCaller {
  readonly caller: Caller;
  /** Whose a session is: the identity and the key together. */
  readonly owner: string;
  /** The same for the same narrowing, undefined without any. */
  readonly narrowingKey: string | undefined;
}

const ID_HEADER = "X-Aura-Client-Id";
const SECRET_HEADER = "X-Aura-Client-Secret";

/** Makes it, or refuses what contradicts itself. */
export async function callerOf(
  request: Request,
  identity: Identity,
  { acceptAuraCredentials }: Pick<HttpSettings, "acceptAuraCredentials">,
): Promise<Checked<HttpCaller>> {
  const clientId = request.headers.get(ID_HEADER)?.trim() || undefined;
  const clientSecret = request.headers.get(SECRET_HEADER)?.trim() || undefined;
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    const missing = clientId === undefined ? ID_HEADER : SECRET_HEADER;
    return refuse(
      400,
      RPC.invalidRequest,
      `Cannot use half of an Aura API key: the header ${missing} is missing`,
    );
  }
  if (clientId !== undefined && !acceptAuraCredentials) {
    return refuse(
      400,
      RPC.invalidRequest,
      `Cannot use the headers ${ID_HEADER} and ${SECRET_HEADER}: this server has its own Aura API key`,
    );
  }
  const asked = readNarrowing(new URL(request.url));
  if (asked.problem !== undefined) return refuse(400, RPC.invalidParams, asked.problem);

  const aura = clientId === undefined || clientSecret === undefined
    ? undefined
    : { clientId, clientSecret };
  const id = aura === undefined ? identity.principal : await keyId(aura);
  const { mode = identity.mode } = asked.narrowing;
  const narrowing = {
    ...asked.narrowing,
    mode: mode !== undefined && identity.mode !== undefined && !allows(identity.mode, mode)
      ? identity.mode
      : mode,
  };
  return {
    value: {
      caller: { id, aura, narrowing },
      owner: JSON.stringify([identity.principal, id]),
      narrowingKey: asked.key,
    },
  };
}

/** Tells keys apart and gives nothing of them away. */
async function keyId(key: NonNullable<Caller["aura"]>): Promise<string> {
  const hash = await sha256(`${key.clientId}\0${key.clientSecret}`);
  return "aura:" +
    [...hash.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
