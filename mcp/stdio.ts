#!/usr/bin/env node
/**
 * The MCP server over standard input and output, as a program: `bun mcp/stdio.ts`, `deno run … mcp/stdio.ts`.
 *
 * @module
 */
import process from "node:process";
import { runStdio } from "./stdio/run-stdio.ts";

process.exit(await runStdio(process.argv.slice(2)));
