/**
 * Secrets go to new files that nobody else can read.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "../../clock.ts";
import { dayOf } from "../text/days.ts";
import { openSecretFile, type SecretFile } from "./secret-file.ts";
import type { LostSecret, SecretPlace, SecretSink, WantedPlace } from "./secret-place.ts";

/** Options of {@linkcode fileSink}. */
export interface FileSinkOptions {
  /** Where files go whose place nobody names, and what a relative path begins at. */
  readonly folder: string;
  readonly clock: Pick<Clock, "now">;
  /** What to do where a file cannot be made. @default nothing is suggested */
  readonly otherPlace?: string | undefined;
  /** Shows a secret that no file takes to a person, and says where; undefined where there is none to see it. */
  readonly show?: ((lost: LostSecret) => string | undefined) | undefined;
}

/** Makes the sink. Its files are there, with mode 0600, before the call that makes the secret; none overwrites another. */
export function fileSink({ folder, clock, otherPlace, show }: FileSinkOptions): SecretSink {
  return {
    async open({ kind, name, path }: WantedPlace): Promise<SecretPlace> {
      if (path !== undefined) {
        return keepName(await openSecretFile(resolve(folder, path), otherPlace));
      }
      if (kind === "key") {
        return keepName(await openSecretFile(join(folder, keyFile(name, clock.now())), otherPlace));
      }
      const day = dayOf(clock.now());
      const finalName = (named: string): string => `Neo4j-${named}-Created-${day}.txt`;
      const safe = name.replace(/[^\p{L}\p{N}._]+/gu, "-");
      const file = await openSecretFile(join(folder, finalName(safe)), otherPlace);
      return { ...file, rename: (id) => file.rename(finalName(id)) };
    },
    async rescue(lost) {
      let file: SecretFile | undefined;
      try {
        file = await openSecretFile(join(tmpdir(), `Neo4j-${lost.id}-Created.txt`));
        await file.write(lost.text);
        return `its password is in ${file.path}: move it to a safe place`;
      } catch {
        await file?.discard().catch(() => {});
        return show?.(lost);
      }
    },
  };
}

/** Its name was chosen, or has all in it that can be known. */
function keepName(file: SecretFile): SecretPlace {
  return {
    path: file.path,
    write: (text) => file.write(text),
    discard: () => file.discard(),
  };
}

/** To the second, so that another key of the same name on the same day has a place too. */
function keyFile(name: string, now: number): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  const when = new Date(now).toISOString().slice(0, 19).replaceAll(":", "-");
  return `aura-graphql-${safe}-${when}.txt`;
}
