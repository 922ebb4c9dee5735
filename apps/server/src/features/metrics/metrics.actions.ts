import { contract } from '@keepwell/contract'
import { monthOfDate } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import { presentControlRoom, presentRevenue } from './metrics.views.ts'
import { type Asked, listBehind } from './numbers.views.ts'

export const controlRoom = action(contract.metrics.controlRoom, async (ctx, { query }) =>
  presentControlRoom(ctx.tx, askedOf(ctx, query.month, null)),
)

export const list = action(contract.metrics.list, async (ctx, { params, query }) => {
  const offset = Number(query.cursor ?? 0) || 0
  const rows = await listBehind(ctx.tx, params.number, askedOf(ctx, query.month, query.careManagerId ?? null), {
    offset,
    limit: query.limit + 1,
  })
  ctx.touch({ detail: { number: params.number, shown: Math.min(rows.length, query.limit) } })
  return {
    items: rows.slice(0, query.limit).map(({ id, name, detail }) => ({ patient: { id, name }, detail })),
    nextCursor: rows.length > query.limit ? String(offset + query.limit) : null,
  }
})

export const revenue = action(contract.metrics.revenue, async ({ tx, clinicId }, { query }) =>
  presentRevenue(tx, clinicId, query.months),
)

function askedOf(ctx: Ctx, month: string | undefined, careManagerId: string | null): Asked {
  return { clinicId: ctx.clinicId, month: month ?? monthOfDate(ctx.today), today: ctx.today, careManagerId }
}
