#!/usr/bin/env node
import { exitCodes } from "./exit-codes.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { runCli } from "./run-cli.ts";

// `cf-ai-gateway … | head` closes the pipe.
const onBrokenPipe = (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failed);
process.stdout.on("error", onBrokenPipe);
process.stderr.on("error", onBrokenPipe);

const { stdin, stdout, stderr, env } = process;
process.exitCode = await runCli(process.argv.slice(2), { stdin, stdout, stderr, env, onInterrupt: listenForInterrupts(process) });
// An interrupted request may still hold a connection open.
if (process.exitCode === exitCodes.interrupted) process.exit();
