/**
 * While the screen is locked nothing of the pages may be seen, yet their unsaved work must live on. So the pages
 * and all that floats above them are taken out of the document, whole, and put back on unlocking: React keeps
 * their state, the browser shows and reads out nothing of them (SEC-11).
 */

/** Where dialogs, menus, tooltips and messages are rendered. */
export const overlays = document.createElement('div')
overlays.id = 'overlays'

export function showOverlays(): void {
  document.body.append(overlays)
}
export function hideOverlays(): void {
  overlays.remove()
}
