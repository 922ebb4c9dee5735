import {
  ANY_NUMBER,
  amount,
  contact,
  dated,
  type ElementNote,
  type Guide,
  type LoopRule,
  level,
  loop,
  nameSegment,
  reference,
  type SegmentRule,
  segment,
} from './guide.ts'

/** Levels below the patient's are alike in subscriber and dependent; the last letter of the loops tells them apart. */
type Letter = 'D' | 'E'

const trace = (type: string, name: string): SegmentRule => segment('TRN', 'R', 1, name, `R ID 1-2 ${type}`, 'R AN 1-50')

const demographics = segment('DMG', 'S', 1, 'birth date and sex', 'R ID 2-3 D8', 'R DT 8', 'S ID 1 F M U')
const trailer = segment('SE', 'R', 1, 'set trailer', 'R N0 1-10', 'R AN 4-9')
const procedure: ElementNote = [
  'R',
  'R ID 2 AD ER HC HP IV N4 NU WK',
  'R AN 1-48',
  'S AN 2',
  'S AN 2',
  'S AN 2',
  'S AN 2',
]

const source = (...rest: readonly SegmentRule[]): LoopRule =>
  loop(
    '2100A',
    'R',
    1,
    'payer',
    nameSegment('PR', 'payer', { entity: '2', qualifiers: '21 AD FI NI PI PP XV', identified: 'R' }),
    ...rest,
  )
const receiver = loop(
  '2100B',
  'R',
  1,
  'information receiver',
  nameSegment('41', 'information receiver', { named: 'S', qualifiers: '46 FI XX', identified: 'R' }),
)
const provider = loop(
  '2100C',
  'R',
  2,
  'provider',
  nameSegment('1P', 'provider', { named: 'S', qualifiers: 'FI SV XX', identified: 'R' }),
)
const person = (letter: Letter): LoopRule =>
  letter === 'D'
    ? loop('2100D', 'R', 1, 'subscriber', nameSegment('IL', 'subscriber', { qualifiers: '24 II MI' }))
    : loop('2100E', 'R', 1, 'dependent', nameSegment('QC', 'dependent', { entity: '1' }))

const claimReferences: SegmentRule[] = [
  reference('1K', 'claim number of the payer'),
  reference('BLT', 'bill type'),
  reference('EJ', 'our claim id'),
  reference('LU', 'application or location'),
  reference('6P', 'group number'),
  reference('XZ', 'prescription'),
  reference('VV', 'voucher'),
  reference('D9', 'clearinghouse number'),
]

const question = (letter: Letter): LoopRule =>
  loop(
    `2200${letter}`,
    letter === 'E' ? 'R' : 'S',
    ANY_NUMBER,
    'claim that is asked for',
    trace('1', 'trace'),
    ...claimReferences,
    amount('T3', 'claim charge'),
    dated('472', 'date of service', 'D8 RD8'),
    loop(
      `2210${letter}`,
      'S',
      ANY_NUMBER,
      'service line',
      segment('SVC', 'R', 1, 'service', procedure, 'R R 1-10', 'N', 'S AN 1-48', 'N', 'N', 'S R 1-15'),
      reference('FJ', 'line control number'),
      dated('472', 'date of service', 'D8 RD8'),
    ),
  )

/** 276 claim status questions. */
export const guide276: Guide = {
  version: '005010X212',
  set: '276',
  root: loop(
    'ST',
    'R',
    1,
    'transaction set',
    segment('ST', 'R', 1, 'set header', 'R ID 3 276', 'R AN 4-9', 'R AN 1-35'),
    segment('BHT', 'R', 1, 'beginning', 'R ID 4 0010', 'R ID 2 13', 'R AN 1-50', 'R DT 8', 'R TM 4-8'),
    loop(
      '2000A',
      'R',
      ANY_NUMBER,
      'payer level',
      level('20', 'payer level', 'N', '1'),
      source(),
      loop(
        '2000B',
        'R',
        ANY_NUMBER,
        'information receiver level',
        level('21', 'information receiver level', 'R', '1'),
        receiver,
        loop(
          '2000C',
          'R',
          ANY_NUMBER,
          'provider level',
          level('19', 'provider level', 'R', '1'),
          provider,
          loop(
            '2000D',
            'R',
            ANY_NUMBER,
            'subscriber level',
            level('22', 'subscriber level', 'R'),
            demographics,
            person('D'),
            question('D'),
            loop(
              '2000E',
              'S',
              ANY_NUMBER,
              'dependent level',
              level('23', 'dependent level', 'R', '0'),
              demographics,
              person('E'),
              question('E'),
            ),
          ),
        ),
      ),
    ),
    trailer,
  ),
}

const code = (usage: 'R' | 'S'): ElementNote => [usage, 'R ID 1-3', 'R ID 1-3', 'S ID 2-3', 'S ID 1-3']
const status = (usage: 'R' | 'S') =>
  segment(
    'STC',
    usage,
    ANY_NUMBER,
    'status',
    code('R'),
    'R DT 8',
    'S ID 1-2 U WQ',
    'S R 1-10',
    'S R 1-10',
    'S DT 8',
    'S ID 3',
    'S DT 8',
    'S AN 1-16',
    code('S'),
    code('S'),
    'S AN 1-264',
  )

const answer = (letter: Letter): LoopRule =>
  loop(
    `2200${letter}`,
    letter === 'E' ? 'R' : 'S',
    ANY_NUMBER,
    'claim',
    trace('2', 'trace of the question'),
    status('R'),
    ...claimReferences,
    dated('472', 'date of service', 'D8 RD8'),
    loop(
      `2220${letter}`,
      'S',
      ANY_NUMBER,
      'service line',
      segment('SVC', 'R', 1, 'service', procedure, 'R R 1-10', 'S R 1-10', 'S AN 1-48', 'N', 'N', 'S R 1-15'),
      status('R'),
      reference('FJ', 'line control number'),
      dated('472', 'date of service', 'D8 RD8'),
    ),
  )

const levelStatus = (id: string, types: string): LoopRule =>
  loop(id, 'S', ANY_NUMBER, 'status of the level', trace(types, 'trace of the level'), status('R'))

/** 277 claim status answers. */
export const guide277: Guide = {
  version: '005010X212',
  set: '277',
  root: loop(
    'ST',
    'R',
    1,
    'transaction set',
    segment('ST', 'R', 1, 'set header', 'R ID 3 277', 'R AN 4-9', 'R AN 1-35'),
    segment('BHT', 'R', 1, 'beginning', 'R ID 4 0010', 'R ID 2 08', 'R AN 1-50', 'R DT 8', 'R TM 4-8', 'R ID 2 DG'),
    loop(
      '2000A',
      'R',
      ANY_NUMBER,
      'payer level',
      level('20', 'payer level', 'N', '1'),
      source(contact('IC', 'ED EM EX FX TE', 'contact of the payer', 'S', 1)),
      loop(
        '2000B',
        'R',
        ANY_NUMBER,
        'information receiver level',
        level('21', 'information receiver level', 'R'),
        receiver,
        levelStatus('2200B', '2'),
        loop(
          '2000C',
          'S',
          ANY_NUMBER,
          'provider level',
          level('19', 'provider level', 'R'),
          provider,
          levelStatus('2200C', '1 2'),
          loop(
            '2000D',
            'S',
            ANY_NUMBER,
            'subscriber level',
            level('22', 'subscriber level', 'R'),
            person('D'),
            answer('D'),
            loop(
              '2000E',
              'S',
              ANY_NUMBER,
              'dependent level',
              level('23', 'dependent level', 'R', '0'),
              person('E'),
              answer('E'),
            ),
          ),
        ),
      ),
    ),
    trailer,
  ),
}
