/**
 * Where secrets go when the host says nothing: files of mode 0600, or nowhere.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import { OperateError } from "../../src/operate/operate-error.ts";
import type { SecretSink } from "../../src/operate/secrets/secret-place.ts";

/** Makes the sink. */
export function lazyFileSink(
  { folder, clock }: { readonly folder: string; readonly clock: Clock },
): SecretSink {
  const sink = async (): Promise<SecretSink> => {
    const { fileSink } = await import("../../src/operate/secrets/file-sink.ts");
    return fileSink({
      folder,
      clock,
      otherPlace:
        "ask the operator to start the server with --secrets-folder and a folder to write in",
    });
  };
  return {
    open: async (wanted) => await (await sink()).open(wanted),
    rescue: async (lost) => await (await sink()).rescue?.(lost),
  };
}

/** For callers with an Aura key of their own: a file on this machine would be somebody else's to read, and not theirs. */
export const noSink: SecretSink = {
  open: () =>
    Promise.reject(
      new OperateError(
        "FILE",
        "Cannot keep what is shown only once: the files of this server are not for callers with an Aura key of their own",
        "do it where the key belongs, with aura-wake on a machine of yours",
      ),
    ),
};
