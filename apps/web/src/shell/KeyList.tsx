import { Switch } from '@mantine/core'
import { Dialog, KeyHint, useKeyRegistry } from '../ui/index.ts'
import css from './shell.module.css'

/** Every shortcut that works on this page now, and the switch for single letters. */
export default function KeyList(props: { onClose: () => void }) {
  const { bindings, singleKeys, setSingleKeys } = useKeyRegistry()
  const groups = Map.groupBy(bindings, (binding) => binding.group ?? 'On this page')
  return (
    <Dialog title="Keys" opened onClose={props.onClose} size="lg">
      <div className={css.keyList}>
        {[...groups].map(([group, list]) => (
          <section key={group} aria-label={group}>
            <h2 className={css.keyGroup}>{group}</h2>
            <dl className={css.keyRows}>
              {list.map((binding) => (
                <div key={binding.keys + binding.label}>
                  <dt>{binding.label}</dt>
                  <dd>
                    <span className={css.keySpoken}>{binding.keys.replace(' ', ' then ')}</span>
                    <KeyHint keys={binding.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        label="Single letters work as keys"
        description="Off while you type in a field in any case. Switch off if letters trigger by accident, for instance with speech input."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Dialog>
  )
}
