/** Saves bytes that the server sent as a file on this computer, under the name that they came with. */
export function saveFile(file: { name: string; mediaType: string; bytes: Uint8Array }): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
