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
  { io, verbose, note, onUnanswered }: Watch & { readonly io: Io; readonly verbose: boolean },
): Aura {
  const { credentials, baseUrl, tokenUrl } = settings;
  if (credentials === undefined) {
    const problem = settings.problems.find(({ code, message }) =>
      code === "CONFIG_INCOMPLETE" && /aura-cli|_CLIENT_|_API_/.test(message)
    );
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
    fetch: watchedFetch(verbose ? loggedFetch(io) : io.fetch, { note, onUnanswered }),
  });
}

/** Who is told of what happens on the way. */
interface Watch {
  readonly note: (text: string) => void;
  /** What was to change something went out, and no answer came. */
  readonly onUnanswered: (request: string) => void;
}

/** Says why it takes so long, or ends, where the API asks for a pause; tells of changes without an answer. */
function watchedFetch(fetch: Io["fetch"], { note, onUnanswered }: Watch): Io["fetch"] {
  return async (request) => {
    let response: Response;
    try {
      response = await fetch(request);
    } catch (error) {
      const { pathname } = new URL(request.url);
      const isChange = request.method !== "GET" && !pathname.endsWith("/oauth/token");
      if (isChange) onUnanswered(`${request.method} ${pathname}`);
      throw error;
    }
    if (response.status === 429) {
      const seconds = response.headers.get("retry-after");
      note(
        `Aura says: too many requests${
          seconds === null ? "" : `, and to come back in ${seconds} s`
        }`,
      );
    }
    return response;
  };
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
