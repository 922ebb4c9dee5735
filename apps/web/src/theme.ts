import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/**
 * Every look of the product in one file: a quiet instrument on paper-white or deep-slate ground, ink text,
 * one warm-teal accent for the thing to do next, and colour otherwise only for state. Pages and primitives
 * use the CSS variables below (`var(--kw-…)`) or a `State`; they never name a colour.
 */

/** What a colour may mean. A state always comes with a word and an icon; see `StatusChip`. */
export const states = ['good', 'attention', 'stop', 'info', 'unknown', 'neutral'] as const
export type State = (typeof states)[number]

interface Ground {
  ground: string
  surface: string
  raised: string
  sunken: string
  ink: string
  inkQuiet: string
  inkFaint: string
  line: string
  lineStrong: string
  accent: string
  accentFill: string
  accentFillHover: string
  accentInk: string
  accentTint: string
  focus: string
  shadow: string
  state: Record<State, { ink: string; tint: string; line: string }>
}

const light: Ground = {
  ground: '#faf9f6',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#f3f1ec',
  ink: '#1c2328',
  inkQuiet: '#555f67',
  inkFaint: '#6b747b',
  line: '#e4e1da',
  lineStrong: '#8a8f8f',
  accent: '#12685d',
  accentFill: '#1b7a6e',
  accentFillHover: '#12685d',
  accentInk: '#ffffff',
  accentTint: '#e6f2ef',
  focus: '#12685d',
  shadow: '0 1px 2px rgb(28 35 40 / 6%), 0 8px 28px rgb(28 35 40 / 14%)',
  state: {
    good: { ink: '#2b662b', tint: '#e9f3e5', line: '#c6dfbf' },
    attention: { ink: '#85500a', tint: '#fcf1dc', line: '#efd8a9' },
    stop: { ink: '#a3271d', tint: '#fcecea', line: '#f2c9c4' },
    info: { ink: '#2a578f', tint: '#e8f0f9', line: '#c5d8ee' },
    unknown: { ink: '#5c5275', tint: '#f0eef5', line: '#d7d1e4' },
    neutral: { ink: '#4f585f', tint: '#f1efea', line: '#dfdcd4' },
  },
}

const dark: Ground = {
  ground: '#12171c',
  surface: '#181f26',
  raised: '#1f2730',
  sunken: '#0e1317',
  ink: '#e5e8ea',
  inkQuiet: '#a3aeb8',
  inkFaint: '#8b97a2',
  line: '#2a333c',
  lineStrong: '#6d7a86',
  accent: '#6cc9ba',
  accentFill: '#1b7a6e',
  accentFillHover: '#17695f',
  accentInk: '#ffffff',
  accentTint: '#17302e',
  focus: '#6cc9ba',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 10px 32px rgb(0 0 0 / 50%)',
  state: {
    good: { ink: '#95d08d', tint: '#1b2e1e', line: '#2f4a31' },
    attention: { ink: '#efbf70', tint: '#332814', line: '#554222' },
    stop: { ink: '#ffa397', tint: '#3b1f1d', line: '#613330' },
    info: { ink: '#9fc5f3', tint: '#1a2a3d', line: '#2d4563' },
    unknown: { ink: '#c5bce0', tint: '#292638', line: '#433e5a' },
    neutral: { ink: '#b7c0c8', tint: '#232b33', line: '#36404a' },
  },
}

const accentShades: MantineColorsTuple = [
  '#e6f2ef',
  '#cfe6e1',
  '#a4d1c8',
  '#75baae',
  '#4ba497',
  '#2c8c7f',
  '#1b7a6e',
  '#12685d',
  '#0d564d',
  '#08433c',
]
const warmGrays: MantineColorsTuple = [
  '#f7f5f1',
  '#f1efea',
  '#e4e1da',
  '#d3d0c8',
  '#b3b2ac',
  '#8a8f8f',
  '#6b747b',
  '#4f585f',
  '#343c43',
  '#1c2328',
]
const slates: MantineColorsTuple = [
  '#e5e8ea',
  '#b7c0c8',
  '#8b97a2',
  '#6d7a86',
  '#36404a',
  '#2a333c',
  '#1f2730',
  '#181f26',
  '#12171c',
  '#0e1317',
]
const reds: MantineColorsTuple = [
  '#fcecea',
  '#f7d5d1',
  '#f2c9c4',
  '#e79d95',
  '#db7267',
  '#cc4b3e',
  '#bd372b',
  '#a3271d',
  '#861e16',
  '#671610',
]

function variablesOf(ground: Ground): Record<string, string> {
  return {
    '--kw-ground': ground.ground,
    '--kw-surface': ground.surface,
    '--kw-raised': ground.raised,
    '--kw-sunken': ground.sunken,
    '--kw-ink': ground.ink,
    '--kw-ink-quiet': ground.inkQuiet,
    '--kw-ink-faint': ground.inkFaint,
    '--kw-line': ground.line,
    '--kw-line-strong': ground.lineStrong,
    '--kw-accent': ground.accent,
    '--kw-accent-fill': ground.accentFill,
    '--kw-accent-fill-hover': ground.accentFillHover,
    '--kw-accent-ink': ground.accentInk,
    '--kw-accent-tint': ground.accentTint,
    '--kw-focus': ground.focus,
    '--kw-shadow': ground.shadow,
    ...Object.fromEntries(
      states.flatMap((state) => [
        [`--kw-${state}-ink`, ground.state[state].ink],
        [`--kw-${state}-tint`, ground.state[state].tint],
        [`--kw-${state}-line`, ground.state[state].line],
      ]),
    ),
    '--mantine-color-body': ground.ground,
    '--mantine-color-text': ground.ink,
    '--mantine-color-dimmed': ground.inkQuiet,
    '--mantine-color-placeholder': ground.inkFaint,
    '--mantine-color-anchor': ground.accent,
    '--mantine-color-error': ground.state.stop.ink,
    '--mantine-color-default': ground.surface,
    '--mantine-color-default-hover': ground.sunken,
    '--mantine-color-default-color': ground.ink,
    '--mantine-color-default-border': ground.line,
    '--mantine-color-disabled': ground.sunken,
    '--mantine-color-disabled-color': ground.inkFaint,
    '--mantine-color-disabled-border': ground.line,
    '--mantine-primary-color-filled': ground.accentFill,
    '--mantine-primary-color-filled-hover': ground.accentFillHover,
    '--mantine-primary-color-light': ground.accentTint,
    '--mantine-primary-color-light-hover': ground.accentTint,
    '--mantine-primary-color-light-color': ground.accent,
    '--mantine-color-accent-filled': ground.accentFill,
    '--mantine-color-accent-filled-hover': ground.accentFillHover,
    '--mantine-color-accent-text': ground.accent,
    '--mantine-color-accent-light': ground.accentTint,
    '--mantine-color-accent-light-hover': ground.accentTint,
    '--mantine-color-accent-light-color': ground.accent,
    '--mantine-color-accent-outline': ground.accent,
  }
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--kw-row': '36px',
    '--kw-row-compact': '28px',
    '--kw-form': '640px',
    '--kw-text': '68ch',
    '--kw-sheet': sheet.paper,
    '--kw-sheet-ink': sheet.ink,
    '--kw-enter': '120ms cubic-bezier(0, 0, 0.2, 1)',
  },
  light: variablesOf(light),
  dark: variablesOf(dark),
})

/** Behind what floats; the same in light and dark. */
export const veil = '#10151a'

const enter = { duration: 120, timingFunction: 'cubic-bezier(0, 0, 0.2, 1)' }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent: accentShades, gray: warmGrays, dark: slates, red: reds },
  black: light.ink,
  white: light.surface,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: 'var(--kw-shadow)',
    lg: 'var(--kw-shadow)',
    xl: 'var(--kw-shadow)',
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    MultiSelect: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    DateInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Radio: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'sm' } },
    Tooltip: {
      defaultProps: {
        openDelay: 250,
        withArrow: false,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
        transitionProps: enter,
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: enter } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: enter } },
    ModalRoot: {
      defaultProps: { transitionProps: { transition: 'pop', ...enter }, centered: false, yOffset: '10vh' },
    },
    ModalOverlay: { defaultProps: { color: veil, backgroundOpacity: 0.4 } },
    DrawerOverlay: { defaultProps: { color: veil, backgroundOpacity: 0.4 } },
    DrawerRoot: { defaultProps: { transitionProps: enter, position: 'right' } },
    Loader: { defaultProps: { size: 'sm', type: 'dots' } },
  },
})

/** A sheet of paper stays paper in dark mode: what is signed on it is kept as a picture. */
export const sheet = { paper: '#ffffff', ink: '#10151a' } as const

/** For charts, where a stroke must be named: variables, so that dark mode and print follow. */
export const chartStrokes = {
  line: 'var(--kw-accent)',
  band: 'var(--kw-good-tint)',
  grid: 'var(--kw-line)',
  text: 'var(--kw-ink-quiet)',
} as const
