import { ActionIcon } from '@mantine/core'
import { IconChevronRight, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { newKey } from '../../api/index.ts'
import { Button, offerUndo } from '../../ui/index.ts'
import css from './care-plans.module.css'
import { Fields } from './Fields.tsx'
import type { ListSpec } from './fields.ts'

/** The items of a list, each as one line that opens to its fields. Taking one out can be undone. */
export function ItemList<T extends { id: string }>(props: {
  spec: ListSpec<T>
  items: readonly T[]
  onChange: (items: T[]) => void
  disabled?: boolean
}) {
  const { spec, items, onChange } = props
  const [open, setOpen] = useState<string | null>(null)
  const disabled = props.disabled ?? false
  function add() {
    // The item is the blank one with an id of its own: exactly the list's type.
    const item = { ...spec.blank, id: newKey().slice(0, 16) } as T
    onChange([...items, item])
    setOpen(item.id)
  }
  function remove(item: T) {
    const before = [...items]
    onChange(items.filter((other) => other.id !== item.id))
    void offerUndo(`Taken out: ${spec.line(item).title || spec.noun}.`, () => onChange(before))
  }
  return (
    <div>
      {items.length > 0 && (
        <ul className={css.items}>
          {items.map((item) => {
            const { title, detail } = spec.line(item)
            const isOpen = open === item.id
            return (
              <li key={item.id} className={css.item} data-open={isOpen || undefined}>
                <div className={css.itemHead}>
                  <button
                    type="button"
                    className={css.itemButton}
                    aria-expanded={isOpen}
                    onClick={() => setOpen(isOpen ? null : item.id)}
                  >
                    <IconChevronRight size={14} aria-hidden className={css.chevron} />
                    <span>
                      <span className={css.itemTitle}>{title || `New ${spec.noun}`}</span>
                      {!isOpen && detail !== '' && <span className={css.itemDetail}>{detail}</span>}
                    </span>
                  </button>
                  {!disabled && (
                    <ActionIcon aria-label={`Take out ${title || spec.noun}`} onClick={() => remove(item)}>
                      <IconX size={14} />
                    </ActionIcon>
                  )}
                </div>
                {isOpen && (
                  <div className={css.itemBody}>
                    <Fields
                      value={item}
                      fields={spec.fields}
                      disabled={disabled}
                      onChange={(next) => onChange(items.map((other) => (other.id === item.id ? next : other)))}
                    />
                  </div>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {!disabled && (
        <Button kind="quiet" leftSection={<IconPlus size={14} />} onClick={add}>
          Add a {spec.noun}
        </Button>
      )}
    </div>
  )
}
