import { ADJUSTMENT_GROUPS, CARC } from '@keepwell/x12'
import { Tooltip } from '@mantine/core'
import { Money } from '../../ui/index.ts'
import css from './claims.module.css'

export interface ShownAdjustment {
  group: string
  code: string
  amountCents: number
  /** As the server says it; otherwise the reason list of the standard in our words. */
  meaning?: string
}

/** What the payer took off and why: code, amount, meaning; who bears it on hover. */
export function AdjustmentList(props: { items: readonly ShownAdjustment[]; none?: string }) {
  if (props.items.length === 0) return <span className={css.quiet}>{props.none ?? ''}</span>
  return (
    <ul className={css.adjustments}>
      {props.items.map((item, at) => {
        const bearer = ADJUSTMENT_GROUPS[item.group]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a payer may repeat the same reason on one line
          <li key={`${item.group}-${item.code}-${at}`}>
            <Tooltip label={bearer ?? 'A group that the standard does not know.'}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable by the keyboard */}
              <span className={css.code} tabIndex={0} role="note">
                {item.group}-{item.code}
              </span>
            </Tooltip>
            <Money cents={item.amountCents} />
            <span className={css.quiet}>
              {item.meaning ?? CARC[item.code]?.meaning ?? 'a reason not seen here before'}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
