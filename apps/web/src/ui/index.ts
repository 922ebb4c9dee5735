/**
 * The primitives. They know nothing of patients, minutes or claims, of the server or the router; a page gives
 * them words and data. What to use when:
 *
 *   Page, Section, Facts      the frame of every page; one part of it; label and value pairs of one record
 *   Viewed                    a view (`useView`) with its loading, error and data faces in one place
 *   DataTable                 every list. Sort, keys (j k Enter x), skeleton, empty state, error are built in
 *   EmptyState                "what would be here" and the step that fills it; give it to DataTable's `empty`
 *   ErrorState                any error of a view or a call: what happened, what was kept, what to do
 *   Callout                   one sentence that must be seen, with its state
 *   StatusChip                every status: word + icon + colour. `plain` inside dense tables, `why` on hover
 *   Button                    verbs. One `kind="primary"` a view. Never hide or disable: give `disabledReason`
 *   Link                      every address; take it from `paths`
 *   Money Minutes LocalDate Instant   every figure and date; never format by hand. `format.ts` has the plain
 *                             functions for titles and messages
 *   MinuteBar                 a month's minutes against its code steps, counted and left out
 *   Stat, StatRow             a number that opens its list, with its definition
 *   BarList                   counts by label; `funnel` adds the share of the step before. Never a pie
 *   LineChart                 one patient's trend with its goal band (loads when shown)
 *   ProofTree                 why something is so: reasons with law and records, what needs a look stands open
 *   Timeline                  what happened, newest first
 *   Tabs, Dialog, Drawer      their state is in the address (`useDialog`); Drawer for a preview beside its list
 *   offerUndo, say            after a deed. Undo rather than confirm
 *   Form, FieldRow, FormActions, DateField, ChoiceCards, TickCards, Fault   forms, at most 640 px wide.
 *                             Use Mantine's TextInput, Textarea, Select, NumberInput, Checkbox, Switch for fields
 *   DeedForm, ReasonForm, FormDialog   one deed with its error and "Not now"; one that needs a reason; a dialog around it
 *   FileDrop                  one file by drop, picker, keyboard or camera
 *   SignaturePad              drawn or typed; the keyboard alone suffices
 *   Steps, StepMarks          where one is in a flow; the steps of a month in a table cell
 *   MonthSwitch               steps through months; `monthAfter` is its sum
 *   saveFile                  a file that a call brought, saved on this computer
 *   NavCount                  what waits behind an entry of the navigation
 *   PrintButton, KeyHint      print this page; show a shortcut beside its words
 *   useKeys                   offer shortcuts while a component is shown; they list themselves under `?`
 *   useUrlState, useGo        filters live in the address; go somewhere
 *
 * Layout: use Mantine's Stack and Group with gaps `xs` 4, `sm` 8, `md` 12, `lg` 16, `xl` 24. Colours: never;
 * use a `State` or the variables of `theme.ts` in a CSS module.
 */
export { type Bar, BarList } from './BarList.tsx'
export { Button, type ButtonProps } from './Button.tsx'
export { Callout } from './Callout.tsx'
export {
  type Navigation,
  type Surroundings,
  searchWith,
  UiProvider,
  useGo,
  useNavigation,
  useSurroundings,
  useUrlState,
} from './context.tsx'
export { type Column, DataTable, type DataTableProps } from './DataTable.tsx'
export { Dialog, Drawer, useDialog } from './Dialog.tsx'
export { Instant, LocalDate, Minutes, Money } from './Figures.tsx'
export { FileDrop } from './FileDrop.tsx'
export {
  type Choice,
  ChoiceCards,
  DateField,
  Fault,
  FieldRow,
  Form,
  FormActions,
  TickCards,
} from './Form.tsx'
export * from './format.ts'
export { KeyHint } from './KeyHint.tsx'
export { isTyping, type KeyBinding, KeysProvider, useKeyRegistry, useKeys } from './keys.tsx'
export { LineChart, type TrendPoint } from './LineChart.tsx'
export { Link, type LinkProps } from './Link.tsx'
export { MinuteBar, type MinuteBarProps, nextStep } from './MinuteBar.tsx'
export { MonthSwitch, monthAfter } from './MonthSwitch.tsx'
export { NavCount } from './NavCount.tsx'
export { Facts, Page, type PageProps, Section } from './Page.tsx'
export { PrintButton } from './PrintButton.tsx'
export { type Proof, ProofTree } from './ProofTree.tsx'
export { DeedForm, type DeedFormProps, FormDialog, ReasonForm, type ReasonFormProps } from './ReasonForm.tsx'
export { type Signature, SignaturePad } from './SignaturePad.tsx'
export { Stat, StatRow } from './Stat.tsx'
export { type Icon, type State, StateIcon, StatusChip, type StatusChipProps } from './StatusChip.tsx'
export { StepMarks, Steps } from './Steps.tsx'
export { saveFile } from './save-file.ts'
export { EmptyState, ErrorState, Skeletons, Viewed } from './states.tsx'
export { type TabItem, Tabs } from './Tabs.tsx'
export { Timeline, type TimelineEvent } from './Timeline.tsx'
export { offerUndo, say, useToastsAsked } from './toasts.tsx'
