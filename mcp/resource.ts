/**
 * What a resource is: an address and words as data, beside the functions that read it. Nothing here knows the SDK.
 *
 * @module
 */
import type { ToolCall } from "./call.ts";
import type { Offer } from "./offer.ts";
import type { Toolset } from "./tool.ts";

/** The values of a template's variables. */
export type Variables = Readonly<Record<string, string>>;

/** What a list of resources says of one of them. */
export interface ListedResource {
  readonly uri: string;
  readonly name: string;
}

/** Gives what a value may be, given how it begins and what the others are as far as they are known. */
export type Complete = (
  call: ToolCall,
  begun: string,
  others: Variables,
) => Promise<readonly string[]>;

/** What is heard of while a resource is watched. */
export interface Watching {
  /** It is another one than before. */
  readonly onChange: () => void;
  /** This server has just changed it, so that a read may still show it as it was. */
  readonly justChanged: boolean;
}

/** A resource, or a family of them. */
export interface Resource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `aura://config`, or with variables `aura://instances/{id}`, each of which is one part of a path. */
  readonly uri: string;
  readonly mimeType: string;
  /** It is gone where this toolset is switched off. @default always there */
  readonly toolset?: Toolset;
  /** Gives a text, or what is told as JSON; undefined when there is none. Only reads are made. */
  readonly read: (
    call: ToolCall,
    variables: Variables,
    offer: Offer,
  ) => Promise<string | object | undefined>;
  /** Those of the family that are worth a list. @default none */
  readonly list?: (call: ToolCall) => Promise<readonly ListedResource[]>;
  /** What a variable may be. @default nothing is known */
  readonly complete?: Readonly<Record<string, Complete>>;
  /**
   * Tells of each change while it is on its way, and ends when it rests or when the call's signal aborts. Whenever this server has
   * changed it, it is watched again. @default only this server's changes are told
   */
  readonly watch?: (call: ToolCall, variables: Variables, watching: Watching) => Promise<void>;
}
