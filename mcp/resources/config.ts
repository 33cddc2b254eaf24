/**
 * `aura://config`
 *
 * @module
 */
import { VERSION } from "../../src/version.ts";
import { modeText } from "../mode.ts";
import type { Offer } from "../offer.ts";
import type { Resource } from "../resource.ts";

/** What this server is and may do. */
export const configResource: Resource = {
  name: "config",
  title: "This server",
  description:
    "What this server may do, on what, and where its settings come from: names of variables and files, never a secret.",
  uri: "aura://config",
  mimeType: "application/json",
  async read({ scope }, _variables, offer) {
    const { key, baseUrl, journal, settings, problems } = await offer.origin();
    return {
      server: { name: "aura-wake", version: VERSION },
      mode: modeText(offer.mode),
      scope: scope.instance === undefined && scope.project === undefined
        ? "everything that the key of the Aura API can read"
        : scope,
      toolsets: offer.toolsets,
      tools: offer.tools,
      confirmation: {
        policy: policyText(offer),
        tools: offer.asking,
        without: offer.unasked,
      },
      aura: { base_url: baseUrl, key_from: key },
      journal,
      settings,
      problems,
    };
  },
};

function policyText({ mode, confirm }: Offer): string {
  if (mode !== "destructive") return "what would ask is refused in this mode";
  return confirm === "token"
    ? "preview and token: no person is asked, the model has to send a second call"
    : "a person is asked by the client; where it cannot ask, the call is refused";
}
