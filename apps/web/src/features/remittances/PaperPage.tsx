import { type Claim, type ClaimRow, contract, type PaperRemittance } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import { faultsByField, useCall, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  DateField,
  EmptyState,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  Money,
  monthText,
  Page,
  Section,
  say,
  useGo,
  Viewed,
} from '../../ui/index.ts'
import { centsOf } from './cents.ts'
import { emptyLine, expectedLine, leftOf, sentLine, type TypedLine } from './paper.ts'
import css from './remittances.module.css'

/** Claims that a payer may decide: they have left, and a decision on them is still to come or may change. */
const decidable: readonly ClaimRow['status'][] = ['sent', 'accepted', 'rejected', 'denied', 'underpaid', 'reversed']

interface TypedClaim {
  payerClaimNumber: string
  lines: Readonly<Record<string, TypedLine>>
}

/** A payment whose notice came by mail: typed claim by claim, posted only when it balances to the cent. */
export default function PaperPage() {
  const today = useToday()
  const go = useGo()
  const [payerName, setPayerName] = useState('')
  const [trace, setTrace] = useState('')
  const [paidOn, setPaidOn] = useState(today)
  const [method, setMethod] = useState<PaperRemittance['method']>('CHK')
  const [amount, setAmount] = useState('')
  const [recouped, setRecouped] = useState('')
  const [source, setSource] = useState('')
  const [claims, setClaims] = useState<ReadonlyMap<string, TypedClaim>>(new Map())
  const [unbalanced, setUnbalanced] = useState<ReadonlySet<string>>(new Set())
  const enter = useCall(contract.remittances.enter, {
    invalidates: [contract.remittances.list, contract.claims.list, contract.claims.get, contract.denials.list],
    onDone: (payment) => {
      go(paths.remittance(payment.id))
      void say(`Payment ${payment.trace} is posted.`)
    },
  })
  const amountCents = centsOf(amount)
  const recoupedCents = recouped.trim() === '' ? 0 : centsOf(recouped)
  const paidCents = [...claims.values()]
    .flatMap((claim) => Object.values(claim.lines))
    .reduce((sum, line) => sum + (centsOf(line.paid) ?? 0), 0)
  const difference = amountCents === null || recoupedCents === null ? null : paidCents - recoupedCents - amountCents
  const whyNot =
    payerName.trim() === ''
      ? 'Write who paid.'
      : trace.trim() === ''
        ? 'Write the number of the check or transfer.'
        : amountCents === null
          ? 'Write the amount as 123.45.'
          : source.trim() === ''
            ? 'Say where the notice comes from.'
            : claims.size === 0
              ? 'Add at least one claim.'
              : unbalanced.size > 0
                ? 'A line does not balance yet.'
                : difference !== 0
                  ? 'The claims do not come to the payment yet.'
                  : null
  const faults = faultsByField(enter.error)
  const change = (claimId: string, claim: TypedClaim | null) =>
    setClaims((all) => {
      const next = new Map(all)
      if (claim === null) next.delete(claimId)
      else next.set(claimId, claim)
      return next
    })
  const judge = (claimId: string, balances: boolean) =>
    setUnbalanced((all) => {
      if (all.has(claimId) !== balances) return all
      const next = new Set(all)
      if (balances) next.delete(claimId)
      else next.add(claimId)
      return next
    })

  return (
    <Page
      title="Enter a paper notice"
      subtitle="For a payment that came with a notice by mail. It is posted like a file: only when it balances to the cent."
      back={{ to: paths.payments(), label: 'Payments' }}
    >
      <Form
        label="Enter a paper notice"
        onSubmit={() => {
          if (whyNot === null && amountCents !== null)
            enter.mutate({
              body: {
                payerName: payerName.trim(),
                trace: trace.trim(),
                paidOn,
                method,
                amountCents,
                source: source.trim(),
                providerAdjustments:
                  recoupedCents === null || recoupedCents === 0
                    ? []
                    : [{ code: 'WO', reference: null, amountCents: recoupedCents }],
                claims: [...claims].map(([claimId, claim]) => ({
                  claimId,
                  payerClaimNumber: claim.payerClaimNumber.trim() === '' ? null : claim.payerClaimNumber.trim(),
                  lines: Object.entries(claim.lines).map(([lineId, line]) => sentLine(lineId, line)),
                })),
              },
            })
        }}
      >
        <FieldRow>
          <TextInput
            label="Who paid"
            maxLength={60}
            value={payerName}
            onChange={(event) => setPayerName(event.currentTarget.value)}
            error={faults.payerName}
          />
          <TextInput
            label="Number of the check or transfer"
            maxLength={50}
            value={trace}
            onChange={(event) => setTrace(event.currentTarget.value)}
            error={faults.trace}
          />
        </FieldRow>
        <FieldRow>
          <DateField label="Paid on" max={today} value={paidOn} onChange={setPaidOn} error={faults.paidOn} />
          <Select
            label="How"
            allowDeselect={false}
            value={method}
            onChange={(value) => setMethod(value === 'ACH' || value === 'NON' ? value : 'CHK')}
            data={[
              { value: 'CHK', label: 'Check' },
              { value: 'ACH', label: 'Electronic transfer' },
              { value: 'NON', label: 'No money moved' },
            ]}
          />
        </FieldRow>
        <FieldRow>
          <TextInput
            label="Amount"
            inputMode="decimal"
            placeholder="0.00"
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
            error={faults.amountCents}
          />
          <TextInput
            label="Taken back from the payment, if anything"
            placeholder="0.00"
            inputMode="decimal"
            value={recouped}
            onChange={(event) => setRecouped(event.currentTarget.value)}
          />
        </FieldRow>
        <TextInput
          label="Where the notice comes from"
          placeholder="Check stub in Tuesday's mail, scanned to the billing folder"
          maxLength={500}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
          error={faults.source}
        />
        <Section title="Claims on the notice">
          <AddClaim
            taken={new Set(claims.keys())}
            onAdd={(claimId) => {
              change(claimId, { payerClaimNumber: '', lines: {} })
              judge(claimId, false)
            }}
          />
          {claims.size === 0 ? (
            <EmptyState icon={IconReceipt} title="No claim yet">
              Choose each claim that stands on the notice; its lines appear here for you to fill in.
            </EmptyState>
          ) : (
            [...claims].map(([claimId, claim]) => (
              <PaperClaim
                key={claimId}
                claimId={claimId}
                typed={claim}
                onChange={(next) => change(claimId, next)}
                onJudged={(balances) => judge(claimId, balances)}
                onRemove={() => {
                  change(claimId, null)
                  judge(claimId, true)
                }}
              />
            ))
          )}
        </Section>
        {difference !== null && difference !== 0 && claims.size > 0 && (
          <Callout state="attention" title="The claims do not come to the payment">
            <p>
              They come to <Money cents={paidCents - (recoupedCents ?? 0)} />; the payment is{' '}
              <Money cents={amountCents} />. The difference is <Money cents={Math.abs(difference)} />.
            </p>
          </Callout>
        )}
        {enter.error !== null && (
          <ErrorState error={enter.error} kept="Nothing was posted; what you typed stays here." />
        )}
        <FormActions>
          <Button type="submit" kind="primary" loading={enter.isPending} disabledReason={whyNot}>
            Post the payment
          </Button>
          <Button kind="quiet" to={paths.payments()}>
            Not now
          </Button>
        </FormActions>
      </Form>
    </Page>
  )
}

/** Finds a claim of ours by patient, month or number. */
function AddClaim(props: { taken: ReadonlySet<string>; onAdd: (claimId: string) => void }) {
  const view = useView(contract.claims.list, { query: { limit: 500 } })
  const open = (view.data?.items ?? []).filter(({ id, status }) => decidable.includes(status) && !props.taken.has(id))
  return (
    <Select
      label="Add a claim"
      placeholder="Patient, month or number"
      searchable
      nothingFoundMessage="No claim that has left us fits."
      limit={30}
      value={null}
      onChange={(claimId) => {
        if (claimId !== null) props.onAdd(claimId)
      }}
      data={open.map((claim) => ({
        value: claim.id,
        label: `${claim.patient.name}, ${monthText(claim.month)}, ${claim.controlNumber}`,
      }))}
    />
  )
}

function PaperClaim(props: {
  claimId: string
  typed: TypedClaim
  onChange: (claim: TypedClaim) => void
  onJudged: (balances: boolean) => void
  onRemove: () => void
}) {
  const view = useView(contract.claims.get, { params: { id: props.claimId } })
  return (
    <div className={css.unmatchedItem}>
      <Viewed view={view} what="the claim" lines={3}>
        {(claim) => <PaperLines {...props} claim={claim} />}
      </Viewed>
    </div>
  )
}

function PaperLines(props: {
  claim: Claim
  typed: TypedClaim
  onChange: (claim: TypedClaim) => void
  onJudged: (balances: boolean) => void
  onRemove: () => void
}) {
  const { claim, typed } = props
  const lineOf = (lineId: string) => typed.lines[lineId] ?? emptyLine
  const write = (lines: TypedClaim['lines'], more: Partial<TypedClaim> = {}) => {
    props.onChange({ ...typed, ...more, lines })
    props.onJudged(claim.lines.every((line) => leftOf(line, lines[line.id] ?? emptyLine) === 0))
  }
  return (
    <>
      <div className={css.unmatchedHead}>
        <strong>
          {claim.patient.name}, {monthText(claim.month)}
        </strong>
        <span className={css.quiet}>{claim.controlNumber}</span>
        <span>
          expected <Money cents={claim.expectedMedicareCents} />
        </span>
        <Button
          size="compact-sm"
          onClick={() => write(Object.fromEntries(claim.lines.map((line) => [line.id, expectedLine(line)])))}
        >
          As expected
        </Button>
        <Button
          kind="quiet"
          size="compact-sm"
          aria-label={`Leave out ${claim.patient.name}, ${monthText(claim.month)}`}
          onClick={props.onRemove}
        >
          Leave out
        </Button>
      </div>
      <TextInput
        label="The payer's number of the claim"
        maxLength={50}
        value={typed.payerClaimNumber}
        onChange={(event) => write(typed.lines, { payerClaimNumber: event.currentTarget.value })}
      />
      {claim.lines.map((line) => (
        <PaperLine
          key={line.id}
          line={line}
          typed={lineOf(line.id)}
          onChange={(next) =>
            write({ ...Object.fromEntries(claim.lines.map(({ id }) => [id, lineOf(id)])), [line.id]: next })
          }
        />
      ))}
    </>
  )
}

const fields = [
  ['paid', 'Paid'],
  ['contractual', 'Over the schedule (CO-45)'],
  ['sequestration', 'Sequestration (CO-253)'],
  ['deductible', 'Deductible (PR-1)'],
  ['coinsurance', 'Coinsurance (PR-2)'],
] as const

function PaperLine(props: { line: Claim['lines'][number]; typed: TypedLine; onChange: (line: TypedLine) => void }) {
  const { line, typed } = props
  const left = leftOf(line, typed)
  return (
    <fieldset className={css.paperLine}>
      <legend>
        {line.units === 1 ? line.code : `${line.units} × ${line.code}`}, charge <Money cents={line.chargeCents} />
      </legend>
      <div className={css.paperFields}>
        {fields.map(([name, label]) => (
          <TextInput
            key={name}
            label={label}
            inputMode="decimal"
            placeholder="0.00"
            value={typed[name]}
            onChange={(event) => props.onChange({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          label="Other reason: group"
          allowDeselect={false}
          value={typed.otherGroup}
          onChange={(value) =>
            props.onChange({ ...typed, otherGroup: value === 'PR' || value === 'OA' || value === 'PI' ? value : 'CO' })
          }
          data={['CO', 'PR', 'OA', 'PI']}
        />
        <TextInput
          label="Other reason: code"
          placeholder="97"
          maxLength={4}
          value={typed.otherCode}
          onChange={(event) => props.onChange({ ...typed, otherCode: event.currentTarget.value })}
        />
        <TextInput
          label="Other reason: amount"
          inputMode="decimal"
          placeholder="0.00"
          value={typed.other}
          onChange={(event) => props.onChange({ ...typed, other: event.currentTarget.value })}
        />
        <TextInput
          label="Remark codes"
          placeholder="MA01, N782"
          maxLength={40}
          value={typed.remarks}
          onChange={(event) => props.onChange({ ...typed, remarks: event.currentTarget.value })}
        />
      </div>
      <p className={left === 0 ? css.quiet : css.less} aria-live="polite">
        {left === 0 ? (
          'Balances.'
        ) : left === null ? (
          'An amount cannot be read; write it as 123.45.'
        ) : (
          <>
            <Money cents={Math.abs(left)} /> of the charge {left > 0 ? 'is not explained yet' : 'is too much'}.
          </>
        )}
      </p>
    </fieldset>
  )
}
