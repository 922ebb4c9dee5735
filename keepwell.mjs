#!/usr/bin/env node
// `npx keepwell …` in the checkout. Relative file names mean the folder in which it was called.
import { install, root, run } from './tools/ground.mjs'

install()
run([`${root}/apps/server/src/cli.ts`, ...process.argv.slice(2)], { cwd: process.cwd() })
