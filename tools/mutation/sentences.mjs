import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/**
 * Leaves out what is written for people: texts with a space in them, and templates. A test that repeats a sentence word
 * for word proves nothing; words of law and of the facts file (codes, kinds, rule ids) have no space and stay in.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore(path) {
      if (path.isStringLiteral() && /\s/.test(path.node.value)) return 'a sentence for people'
      if (path.isTemplateLiteral() && path.node.quasis.some((part) => /\s/.test(part.value.raw))) {
        return 'a sentence for people'
      }
      return undefined
    },
  }),
]
