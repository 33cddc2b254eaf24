/**
 * What a command is: its flags as data, and the function that runs it.
 *
 * @module
 */
import type { ArgsDef, CommandDef } from "citty";
import type { Context } from "./context.ts";

/** The values of a command's arguments: undefined only where one may be left out. */
export type Values<Args extends ArgsDef> = {
  readonly [Name in keyof Args]: Args[Name] extends { readonly type: "boolean" } ? boolean
    : Args[Name] extends { readonly required: true } ? string
    : Args[Name] extends { readonly default: string } ? string
    : Args[Name] extends { readonly type: "positional"; readonly required: false }
      ? string | undefined
    : Args[Name] extends { readonly type: "positional" } ? string
    : string | undefined;
};

/** A command before citty runs it. */
export interface CommandDefinition<Args extends ArgsDef> {
  readonly args: Args;
  /** Gives an exit code where it is not 0. A 0 that is given says that Ctrl-C was the way to end it. */
  readonly run: (context: Context, values: Values<Args>) => Promise<number | void>;
}

/** A command as citty runs it, its arguments as plain data. */
export interface Command {
  readonly args: ArgsDef;
  readonly run: NonNullable<CommandDef["run"]>;
}

/** Makes a command of its definition. */
export function defineCommand<const Args extends ArgsDef>(
  { args, run }: CommandDefinition<Args>,
): Command {
  return {
    args,
    run: async ({ args: values, data }) =>
      await run(data as Context, values as unknown as Values<Args>),
  };
}
