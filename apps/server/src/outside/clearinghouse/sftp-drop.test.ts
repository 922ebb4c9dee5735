import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSftpServer, type TestSftpServer } from '../../../test/support/sftp-server.ts'
import { UnclearDelivery } from './claim-drop.ts'
import { sftpDrop } from './sftp-drop.ts'

let server: TestSftpServer
beforeEach(async () => {
  server = await openSftpServer()
})
afterEach(() => server.close())

const drop = (change: { password?: string; hostKeySha256?: string } = {}) =>
  sftpDrop({
    host: '127.0.0.1',
    port: server.port,
    user: 'riverside',
    password: 'secret',
    privateKeyFile: null,
    hostKeySha256: server.hostKeySha256,
    outFolder: 'out',
    inFolder: 'in',
    ...change,
  })

test('a file arrives whole under its name, and the same file again is found there', async () => {
  expect(await drop().put('837P-1.x12', 'ISA*one')).toEqual({ alreadyThere: false })
  expect([...server.files]).toEqual([['out/837P-1.x12', 'ISA*one']])
  expect(await drop().put('837P-1.x12', 'ISA*one')).toEqual({ alreadyThere: true })
  expect(await drop().find('837P-1.x12', 'ISA*one')).toBe('there')
  await expect(drop().put('837P-1.x12', 'ISA*other')).rejects.toThrow('A different file named 837P-1.x12')
})

test('after an interruption an absent file tells nothing, except where half of it was left', async () => {
  expect(await drop().find('837P-2.x12', 'ISA*two')).toBe('unknown')
  server.files.set('out/837P-2.x12.part', 'ISA')
  expect(await drop().find('837P-2.x12', 'ISA*two')).toBe('not_there')
})

test('when the last step fails nobody claims to know, and a resend is left to a person', async () => {
  server.refuseRenames = true
  await expect(drop().put('837P-3.x12', 'ISA*three')).rejects.toBeInstanceOf(UnclearDelivery)
})

test('what the payer left is offered until it is marked as taken', async () => {
  server.files.set('in/999-1.x12', 'ISA*999')
  expect(await drop().collect()).toEqual([{ name: '999-1.x12', content: 'ISA*999' }])
  await drop().taken('999-1.x12')
  expect(await drop().collect()).toEqual([])
  expect([...server.files.keys()]).toEqual(['in/999-1.x12.taken'])
})

test("a stranger's key and a wrong password get nothing", async () => {
  await expect(drop({ hostKeySha256: 'A'.repeat(43) }).put('837P-4.x12', 'ISA*four')).rejects.toThrow()
  await expect(drop({ password: 'wrong' }).put('837P-4.x12', 'ISA*four')).rejects.toThrow()
  expect(server.files.size).toBe(0)
})
