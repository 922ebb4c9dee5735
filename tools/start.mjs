// `npm start`: installs what is missing, builds the pages, and serves. The pages are built while the store is
// made ready, on the other core.
import { buildWeb, install, root, run } from './ground.mjs'

install()
await buildWeb()
run([`${root}/apps/server/src/cli.ts`, 'start', ...process.argv.slice(2)])
