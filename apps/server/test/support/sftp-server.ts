import { createHash, generateKeyPairSync } from 'node:crypto'
import ssh2 from 'ssh2'

export interface TestSftpServer {
  port: number
  /** As OpenSSH prints it: SHA-256, base64 without padding. */
  hostKeySha256: string
  /** Every file by its path below the home folder. */
  files: Map<string, string>
  refuseRenames: boolean
  close(): Promise<void>
}

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp
const fileMode = 0o100600
const folderMode = 0o040700

/** A small SFTP server on this machine: folders `out` and `in`, files in memory, one person with a password. */
export async function openSftpServer(): Promise<TestSftpServer> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  const opened: TestSftpServer = {
    port: 0,
    hostKeySha256: createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, ''),
    files: new Map(),
    refuseRenames: false,
    close: () => new Promise((done) => server.close(() => done())),
  }
  const clean = (path: string) => path.replace(/^[./]+/, '').replace(/\/$/, '')
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => {})
    client.on('authentication', (context) =>
      context.method === 'password' && context.username === 'riverside' && context.password === 'secret'
        ? context.accept()
        : context.reject(['password']),
    )
    client.on('session', (accept) =>
      accept().on('sftp', (begin) => {
        const sftp = begin()
        const handles = new Map<number, { path: string; chunks: Buffer[]; writing: boolean; listed: boolean }>()
        let last = 0
        const open = (path: string, writing: boolean) => {
          handles.set(++last, { path, chunks: [], writing, listed: false })
          const handle = Buffer.alloc(4)
          handle.writeUInt32BE(last)
          return handle
        }
        const of = (handle: Buffer) => handles.get(handle.readUInt32BE(0))
        const attributes = (path: string) => {
          const isFolder = path === '' || path === 'out' || path === 'in'
          const content = opened.files.get(path)
          return isFolder || content !== undefined
            ? {
                mode: isFolder ? folderMode : fileMode,
                uid: 0,
                gid: 0,
                size: content === undefined ? 0 : Buffer.byteLength(content),
                atime: 0,
                mtime: 0,
              }
            : null
        }
        const stat = (id: number, path: string) => {
          const found = attributes(clean(path))
          if (found === null) sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
          else sftp.attrs(id, found)
        }
        sftp.on('REALPATH', (id, path) =>
          sftp.name(id, [
            {
              filename: `/${clean(path)}`,
              longname: clean(path),
              attrs: { mode: folderMode, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 },
            },
          ]),
        )
        sftp.on('STAT', stat)
        sftp.on('LSTAT', stat)
        sftp.on('OPEN', (id, path, flags) => {
          const name = clean(path)
          const writing = (flags & OPEN_MODE.WRITE) !== 0
          if (!writing && !opened.files.has(name)) sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
          else sftp.handle(id, open(name, writing))
        })
        sftp.on('WRITE', (id, handle, _offset, data) => {
          of(handle)?.chunks.push(Buffer.from(data))
          sftp.status(id, STATUS_CODE.OK)
        })
        sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK))
        sftp.on('SETSTAT', (id) => sftp.status(id, STATUS_CODE.OK))
        sftp.on('FSTAT', (id, handle) => stat(id, of(handle)?.path ?? 'nothing'))
        sftp.on('READ', (id, handle, offset, length) => {
          const part = Buffer.from(opened.files.get(of(handle)?.path ?? '') ?? '').subarray(offset, offset + length)
          if (part.length === 0) sftp.status(id, STATUS_CODE.EOF)
          else sftp.data(id, part)
        })
        sftp.on('CLOSE', (id, handle) => {
          const one = of(handle)
          if (one?.writing) opened.files.set(one.path, Buffer.concat(one.chunks).toString('utf8'))
          handles.delete(handle.readUInt32BE(0))
          sftp.status(id, STATUS_CODE.OK)
        })
        sftp.on('OPENDIR', (id, path) => sftp.handle(id, open(clean(path), false)))
        sftp.on('READDIR', (id, handle) => {
          const one = of(handle)
          const names = [...opened.files.keys()].filter((name) => one !== undefined && name.startsWith(`${one.path}/`))
          if (one === undefined || one.listed || names.length === 0) {
            sftp.status(id, STATUS_CODE.EOF)
            return
          }
          one.listed = true
          sftp.name(
            id,
            names.flatMap((name) => {
              const attrs = attributes(name)
              const filename = name.slice(one.path.length + 1)
              return attrs === null
                ? []
                : [{ filename, longname: `-rw------- 1 0 0 ${attrs.size} Jan 1 00:00 ${filename}`, attrs }]
            }),
          )
        })
        sftp.on('RENAME', (id, from, to) => {
          const content = opened.files.get(clean(from))
          if (content === undefined || opened.refuseRenames) {
            sftp.status(id, STATUS_CODE.FAILURE)
            return
          }
          opened.files.delete(clean(from))
          opened.files.set(clean(to), content)
          sftp.status(id, STATUS_CODE.OK)
        })
      }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  opened.port = typeof address === 'object' && address !== null ? address.port : 0
  return opened
}
