// Runs one of the project's own tools on the project's own Node: node tools/run.mjs tools/gen.ts …
import { install, run } from './ground.mjs'

install()
run(process.argv.slice(2))
