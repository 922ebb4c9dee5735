/** Endings by which the simulators behave otherwise than paying right; docs/simulator.md has the list. */
const special: Record<number, string> = { 4: '81', 9: '82', 12: 'XX95', 14: '83', 17: '74', 19: '84', 23: '86' }
const letters = 'ACDEFGHJKMNPQRTUVWXY'

/** A Medicare number that nobody can have: the letter S in second place is never given out. */
export function mbiFor(patient: number): string {
  const letter = (step: number) => letters[(patient * 7 + step * 3) % letters.length] ?? 'A'
  const ending = special[patient] ?? String(10 + (patient % 60)).padStart(2, '0')
  const lastFour = ending.length === 4 ? ending : `${letter(4)}${letter(5)}${ending}`
  return `${1 + (patient % 9)}S${letter(1)}${patient % 10}${letter(2)}${letter(3)}${(patient + 3) % 10}${lastFour}`
}
