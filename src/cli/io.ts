/**
 * What the command line has of the world, so that it is a function of it: arguments, streams, variables, time, Ctrl-C.
 *
 * @module
 */
import type { Clock } from "../clock.ts";

/** Where text goes. */
export interface Output {
  /** Writes; a reader that has gone (`| head`) is no error. */
  write(text: string): void;
  /** Whether a person reads it. */
  readonly isTty: boolean;
  /** How many characters fit on a line, where that is known. */
  readonly columns: number | undefined;
  /** Nobody reads any more. */
  readonly isClosed: boolean;
}

/** Where answers and piped text come from. */
export interface Input {
  readonly isTty: boolean;
  /** Everything until the end of the input. */
  readAll(): Promise<string>;
  /** What has been typed, line by line, as long as somebody listens. */
  lines(signal: AbortSignal): AsyncIterable<string>;
}

/** The world of one run of the command line. */
export interface Io {
  /** Without the runtime and the script. */
  readonly args: readonly string[];
  /** A variable by its name; undefined also where it may not be read. */
  readonly env: (name: string) => string | undefined;
  readonly cwd: string;
  /** Undefined where there is none. */
  readonly home: string | undefined;
  /** `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborts at the first Ctrl-C; the second one ends the process. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** What the requests to Aura and to the Query API go through. */
  readonly fetch: (request: Request) => Promise<Response>;
}
