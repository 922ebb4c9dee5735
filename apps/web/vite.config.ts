import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * The staff application is one page split by feature. Nothing is inlined: scripts, styles and fonts are
 * files of our own, so that the server can send `script-src 'self'; font-src 'self'; img-src 'self' data: blob:`.
 */
export default defineConfig({
  root,
  plugins: [react(), contractWithoutSchemas()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      treeshake: {
        // Our own modules only declare; so a page takes from `ui/index.ts` what it uses and no more.
        moduleSideEffects: [
          { test: /\.css$/, sideEffects: true },
          { test: /\/apps\/web\/src\/(main\.tsx|api\/no-eval\.ts)$/, sideEffects: true },
          { test: /\/apps\/web\/src\//, sideEffects: false },
        ],
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.KEEPWELL_API ?? 'http://localhost:3000' } },
  },
})

/**
 * The server checks what it takes and what it gives by the schemas of the contract; the browser needs of an
 * endpoint only its method, path and permission. Without the schemas, and Zod, a role's first page loads about
 * 50 kB less. While developing and testing they stay, and every answer is checked.
 */
function contractWithoutSchemas(): Plugin {
  const schemas = new Set(['params', 'query', 'body', 'output'])
  return {
    name: 'keepwell:contract-without-schemas',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/packages\/contract\/src\/[a-z-]+\.ts$/ },
      handler(code) {
        const program = this.parse(code, { lang: 'ts' })
        const edits: { at: number; until: number; text: string }[] = []
        visit(program, (node) => {
          if (node.type !== 'CallExpression' || node.callee?.name !== 'endpoint') return
          for (const { key, value } of node.arguments?.[0]?.properties ?? []) {
            if (key?.name === undefined || value === undefined || !schemas.has(key.name)) continue
            if (value.value !== 'file') edits.push({ at: value.start, until: value.end, text: 'undefined' })
          }
        })
        // Building a schema has no effect: one that no page uses is left out, and Zod with the last of them.
        for (const statement of program.body as unknown as Statement[]) {
          for (const { init } of (statement.declaration ?? statement).declarations ?? []) {
            if (init?.type !== 'CallExpression') continue
            edits.push({ at: init.start, until: init.start, text: '/* @__PURE__ */ (() => ' })
            edits.push({ at: init.end, until: init.end, text: ')()' })
          }
        }
        let light = code
        for (const edit of edits.sort((a, b) => b.at - a.at)) {
          light = light.slice(0, edit.at) + edit.text + light.slice(edit.until)
        }
        return { code: light, map: null }
      },
    },
  }
}

interface SyntaxNode {
  type: string
  start: number
  end: number
  value?: { start: number; end: number; value?: unknown }
  key?: { name?: string }
  callee?: { name?: string }
  arguments?: { properties?: Pick<SyntaxNode, 'key' | 'value'>[] }[]
}

interface Statement {
  declaration?: Statement | null
  declarations?: { init: SyntaxNode | null }[]
}

function visit(node: unknown, each: (node: SyntaxNode) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, each)
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && 'start' in node) each(node as SyntaxNode)
    for (const child of Object.values(node)) visit(child, each)
  }
}
