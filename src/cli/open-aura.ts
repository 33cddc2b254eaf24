/**
 * Makes the client of the Aura API from the settings.
 *
 * @module
 */
import { type Aura, createAura } from "../aura/aura.ts";
import type { LoadedSettings } from "../config/load-settings.ts";
import { AuraWakeError } from "../errors.ts";
import type { Io } from "./io.ts";

/**
 * Makes the client; with `verbose` each request is a line on stderr.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE without credentials
 */
export function openAura(
  settings: LoadedSettings,
  { io, verbose }: { readonly io: Io; readonly verbose: boolean },
): Aura {
  const { credentials, baseUrl, tokenUrl } = settings;
  if (credentials === undefined) {
    const [problem] = settings.problems;
    throw new AuraWakeError(
      "CONFIG_INCOMPLETE",
      `Cannot use the Aura API: ${problem?.message ?? "there are no credentials"}` +
        "; next: set AURA_CLIENT_ID and AURA_CLIENT_SECRET (Aura console, API keys), or try aura-wake emulator",
    );
  }
  return createAura({
    credentials,
    baseUrl,
    tokenUrl,
    clock: io.clock,
    userAgent: "aura-wake-cli",
    fetch: verbose ? loggedFetch(io) : io.fetch,
  });
}

function loggedFetch({ fetch, stderr, clock }: Io): Io["fetch"] {
  return async (request) => {
    const startedAt = clock.now();
    const tell = (what: string): void =>
      stderr.write(
        `${request.method} ${request.url} ${what} ${Math.round(clock.now() - startedAt)} ms\n`,
      );
    try {
      const response = await fetch(request);
      tell(String(response.status));
      return response;
    } catch (error) {
      tell("no answer");
      throw error;
    }
  };
}
