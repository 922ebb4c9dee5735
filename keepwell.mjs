#!/usr/bin/env node
// `npx keepwell …` in the checkout. Relative file names mean the folder in which it was called.
import { install, root, run } from './tools/ground.mjs'

install()
// A file of any size goes by in small pieces; room for more of them at once would only be more memory.
const memory = process.argv[2] === 'x12' ? ['--max-semi-space-size=4'] : []
run([...memory, `${root}/apps/server/src/cli.ts`, ...process.argv.slice(2)], { cwd: process.cwd() })
