/**
 * A text that is shown once and must not be logged by accident.
 *
 * @module
 */

/** What is seen in its place. */
const SHOWN = "[secret]";

/** What `console.log` and `util.inspect` of Node, Bun and Deno ask an object for. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");
/** What Deno's own `console.log` asks for first. */
const DENO_INSPECT = Symbol.for("Deno.customInspect");

/**
 * A one-time secret, such as the password of a new instance: printed, put into a text or into JSON it shows `[secret]`, until
 * `reveal()` is called.
 *
 * @example
 * ```ts
 * import { Secret } from "aura-wake";
 *
 * const password = new Secret("shown-once");
 * if (`${password}` !== "[secret]") throw new Error("it shows");
 * if (password.reveal() !== "shown-once") throw new Error("it is lost");
 * ```
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Keep it, but never log it. */
  reveal(): string {
    return this.#text;
  }

  /** `[secret]` */
  toString(): string {
    return SHOWN;
  }

  /** `[secret]` */
  toJSON(): string {
    return SHOWN;
  }

  static {
    // What has a symbol for its name cannot be declared in a class whose declaration is made without its types.
    for (const symbol of [INSPECT, DENO_INSPECT]) {
      Object.defineProperty(this.prototype, symbol, { value: () => SHOWN });
    }
  }
}

/** The text of what may be given either way. */
export function revealed(secret: string | Secret): string {
  return typeof secret === "string" ? secret : secret.reveal();
}

/** Wraps a text that the API gave; undefined when it gave none. */
export function asSecret(value: unknown): Secret | undefined {
  return typeof value === "string" ? new Secret(value) : undefined;
}
