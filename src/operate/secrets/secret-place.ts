/**
 * Where goes what is shown only once: the password of a new instance, the key of a Data API. A file, or what a host has instead.
 *
 * @module
 */
import type { Secret } from "../../secret.ts";

/** A place that is taken before the call that makes the secret. */
export interface SecretPlace {
  /** Where people find it: the path of a file, or the sink's own name for it. */
  readonly path: string;
  /** Writes all of it, for good. Called once; afterwards nothing may be lost any more. */
  write(text: string): Promise<void>;
  /** Gives it the name of what was made, once it is written, and says where it is then. @default it stays where it is */
  rename?(id: string): Promise<string>;
  /** Takes the place away again: the call failed, there is nothing to keep. */
  discard(): Promise<void>;
}

/** Which secret a place is for. */
export interface WantedPlace {
  /** `instance`: user name and password of an instance · `key`: an API key of a Data API */
  readonly kind: "instance" | "key";
  /** What the instance or the key is called. */
  readonly name: string;
  /** Where whoever asks wants it. @default where the sink puts such secrets */
  readonly path?: string | undefined;
}

/** A secret that its place did not take. */
export interface LostSecret {
  /** The instance that it opens. */
  readonly id: string;
  /** What was to be written. */
  readonly text: string;
  readonly secret: Secret;
}

/** Takes secrets. */
export interface SecretSink {
  /** Opens a place. What it throws ends the call before anything is sent. */
  open(wanted: WantedPlace): Promise<SecretPlace>;
  /** Keeps in some other way what was made and cannot be had again, and says in which; undefined when it is lost. */
  rescue?(lost: LostSecret): Promise<string | undefined>;
}
