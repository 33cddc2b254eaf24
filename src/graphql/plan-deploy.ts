/**
 * What it takes to bring a Data API to a wanted state.
 *
 * @module
 */
import type { DataApi, DataApiChanges } from "../aura/data-api.ts";
import { type LineDiff, lineDiff } from "./line-diff.ts";

/** The wanted state. */
export interface WantedDataApi {
  /** The GraphQL schema, as text. */
  readonly types: string;
  /** @default they stay as they are */
  readonly origins?: readonly string[] | undefined;
  /** The definitions link to Apollo Federation. @default false */
  readonly isSubgraph?: boolean | undefined;
}

/** What is to be done. */
export interface DeployPlan {
  readonly action: "create" | "update" | "unchanged";
  /** What an update sends. */
  readonly changes: DataApiChanges;
  /** From the definitions that are there to those that are wanted. */
  readonly diff: LineDiff;
  /** Definitions that are served now are served no more. */
  readonly replacesTypes: boolean;
  /** Web pages at these may not call it any more. */
  readonly lostOrigins: readonly string[];
}

/** Compares what is there, if anything is, with what is wanted. What is as wanted is not in the changes. */
export function planDeploy(present: DataApi | undefined, wanted: WantedDataApi): DeployPlan {
  const { types, origins, isSubgraph = false } = wanted;
  const diff = lineDiff(present?.type_definitions ?? "", types);
  if (present === undefined) {
    return { action: "create", changes: {}, diff, replacesTypes: false, lostOrigins: [] };
  }
  const hasNewTypes = diff.lines.length > 0;
  const before = present.security?.cors_policy?.allowed_origins ?? [];
  const lostOrigins = origins === undefined
    ? []
    : before.filter((origin) => !origins.includes(origin));
  const hasNewOrigins = lostOrigins.length > 0 ||
    origins?.some((origin) => !before.includes(origin)) === true;
  const changes: DataApiChanges = {
    ...(hasNewTypes && { type_definitions: types }),
    ...(isSubgraph && present.features?.subgraph !== true && { features: { subgraph: true } }),
    ...(hasNewOrigins && { security: { cors_policy: { allowed_origins: origins ?? [] } } }),
  };
  return {
    action: Object.keys(changes).length === 0 ? "unchanged" : "update",
    changes,
    diff,
    // What never was ready answers nobody.
    replacesTypes: hasNewTypes && present.status !== "error" && present.status !== "creating",
    lostOrigins,
  };
}
