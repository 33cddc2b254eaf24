/**
 * Secrets go to files in the folder where the command was given; one that no file takes is shown to a person.
 *
 * @module
 */
import { fileSink } from "../../operate/secrets/file-sink.ts";
import type { LostSecret, SecretSink } from "../../operate/secrets/secret-place.ts";
import { plainText } from "../../operate/text/plain-text.ts";
import { directions } from "../directions.ts";
import type { Io } from "../io.ts";

/** Makes the sink; nothing is opened yet. */
export function openSecrets(
  { cwd, clock, stderr }: Pick<Io, "cwd" | "clock" | "stderr">,
): SecretSink {
  return fileSink({
    folder: cwd,
    clock,
    otherPlace: directions.otherPlace,
    show({ id, secret }: LostSecret): string | undefined {
      if (!stderr.isTty) return undefined;
      stderr.write(`The password of ${id}, shown this once: ${plainText(secret.reveal())}\n`);
      return "its password stands above: keep it";
    },
  });
}
