import './api/no-eval.ts'
import '@mantine/core/styles.layer.css'
import './styles.css'
import { createTheme, localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query.ts'
import { createAppRouter } from './routes.tsx'
import { overlays, showOverlays } from './shell/curtain.ts'
import { cssVariables, theme } from './theme.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('The page has no place for the application')
showOverlays()

const shown = mergeThemeOverrides(
  theme,
  createTheme({ components: { Portal: { defaultProps: { target: overlays } } } }),
)
const colorSchemes = localStorageColorSchemeManager({ key: 'keepwell.color-scheme' })
const router = createAppRouter()
const queryClient = createQueryClient()

createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={shown}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
