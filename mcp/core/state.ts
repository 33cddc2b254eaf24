/**
 * Opens what is remembered, once for all callers.
 *
 * @module
 */
import type { Surroundings } from "../../src/config/folders.ts";
import type { OperateState } from "../../src/operate/context.ts";
import type { OpenedSqlite } from "../../src/store/sqlite.ts";
import type { AuraMcpOptions } from "../options.ts";

/** What is remembered, when somebody wants it. */
export interface LazyState {
  /** @throws {OperateError} FILE @throws {AuraWakeError} AURA_JOURNAL */
  get(): Promise<OperateState>;
  close(): Promise<void>;
}

/** Opens nothing yet. A file that cannot be opened is tried again at the next call. */
export function openState(
  { state }: Pick<AuraMcpOptions, "state">,
  surroundings: Surroundings,
): LazyState {
  let opening: Promise<OpenedSqlite> | undefined;

  async function open(): Promise<OpenedSqlite> {
    const [{ loadSettings }, operate] = await Promise.all([
      import("../../src/config/load-settings.ts"),
      import("../../src/operate/open-state.ts"),
    ]);
    return await operate.openState(await loadSettings(surroundings));
  }

  return {
    async get() {
      if (state !== undefined) return state;
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return await opening;
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      opened?.close();
    },
  };
}
