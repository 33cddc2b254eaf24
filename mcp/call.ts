/**
 * What a tool has while it runs: the operator's context for one call, and the client on the other side.
 *
 * @module
 */
import type { OperateContext } from "../src/operate/context.ts";
import type { Project } from "../src/aura/project.ts";
import type { Mode } from "./mode.ts";
import type { Question } from "./consent/question.ts";
import type { Scope } from "./scope.ts";

/** The context of one call. What is noted comes with the result; progress goes to the client. */
export interface ToolCall extends OperateContext {
  readonly mode: Mode;
  readonly scope: Scope;
  /**
   * The project with this id or exact name, that of the scope or the settings, or the only one.
   *
   * @throws {OperateError} NOT_FOUND, AMBIGUOUS
   */
  project(named: string | undefined): Promise<Project>;
  /** Asks a person, and comes back only when it may be done. @throws {NotConfirmed} */
  confirm(question: Question): Promise<void>;
  /** Tells those who have subscribed to it that a resource is another now. */
  changed(uri: string): void;
  /** The caller has an Aura key of its own: nothing of the server's is for it, such as its logins, or jobs of projects that the key does not list. */
  readonly ownProjectsOnly: boolean;
}
