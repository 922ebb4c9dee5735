import {
  ANY_NUMBER,
  addressLines,
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

const MEMBER_REFERENCES =
  '0F 18 1J 1L 1W 3H 49 4A 6P CT D3 EA EI EJ F6 G1 GH HJ HPI IF IG JD M7 ML MRC N5 N6 N7 NQ PXC Q4 SY TJ Y4'
const PAYER_IDS = '24 46 FI NI PI XV'
const DATES = 'D8 RD8'

const beginning = (purpose: string) =>
  segment(
    'BHT',
    'R',
    1,
    'beginning',
    'R ID 4 0022',
    `R ID 2 ${purpose}`,
    'S AN 1-50',
    'R DT 8',
    'R TM 4-8',
    'S ID 2 RT RU',
  )
const rejection = segment('AAA', 'S', 9, 'rejection', 'R ID 1 N Y', 'N', 'R ID 2', 'R ID 1 C N P R S W X Y')
const trace = segment('TRN', 'S', 3, 'trace', 'R ID 1-2 1 2', 'R AN 1-50', 'R AN 10', 'S AN 1-50')
const taxonomy = segment('PRV', 'S', 1, 'provider', 'R ID 1-3', 'S ID 2-3', 'S AN 1-50')
const demographics = segment('DMG', 'S', 1, 'birth date and sex', 'S ID 2-3 D8', 'S DT 8', 'S ID 1 F M U')
const insured = segment('INS', 'S', 1, 'relationship', 'R ID 1 N Y', 'R ID 2', ...Array<string>(15).fill('S AN 1-80'))
const procedure = (usage: 'R' | 'S'): ElementNote => [
  usage,
  'R ID 2',
  'R AN 1-48',
  'S AN 2',
  'S AN 2',
  'S AN 2',
  'S AN 2',
  'S AN 1-80',
  'S AN 1-48',
]
const memberDates = dated(
  '006 007 035 036 050 096 102 152 276 291 303 307 318 340 341 342 343 346 347 348 349 356 357 382 435 442 458 472 539 540 636 771',
  'date',
  DATES,
  'S',
  9,
)

function ends(): SegmentRule {
  return segment('SE', 'R', 1, 'set trailer', 'R N0 1-10', 'R AN 4-9')
}

const question = (id: string): LoopRule =>
  loop(
    id,
    'S',
    99,
    'question',
    segment(
      'EQ',
      'R',
      1,
      'question',
      'S ID 1-2 x99',
      ['S', 'R ID 2', 'R AN 1-48', 'S AN 2', 'S AN 2', 'S AN 2', 'S AN 2'],
      'S ID 3',
      'N',
      ['S', 'R N0 1-2', 'S N0 1-2', 'S N0 1-2', 'S N0 1-2'],
    ),
    segment('AMT', 'S', 2, 'spend down', 'R ID 1-3', 'R R 1-10'),
    segment('III', 'S', 1, 'place or diagnosis', 'R ID 1-3', 'R AN 1-30'),
    reference('9F G1', 'authorization'),
    dated('291', 'date', DATES),
  )

const asker = nameSegment('1P 2B 36 80 FA GP P5 PR', 'provider', {
  qualifiers: '24 34 FI PI PP SV XV XX',
  identified: 'R',
  named: 'S',
})
const source = nameSegment('2B 36 GP P5 PR', 'payer', { qualifiers: PAYER_IDS, identified: 'R', named: 'S' })

function person270(
  id: string,
  nameId: string,
  questionId: string,
  code: string,
  role: string,
  inner: readonly LoopRule[],
): LoopRule {
  return loop(
    id,
    'S',
    ANY_NUMBER,
    'patient level',
    level(code, 'patient level', 'R'),
    trace,
    loop(
      nameId,
      'R',
      1,
      'patient',
      nameSegment(role, 'patient', { entity: '1', named: 'S', qualifiers: 'II MI' }),
      reference(MEMBER_REFERENCES, 'patient number', 'S', 9),
      ...addressLines('S', 'the patient'),
      taxonomy,
      demographics,
      insured,
      segment(
        'HI',
        'S',
        1,
        'diagnoses',
        ...Array.from({ length: 8 }, (): ElementNote => ['S', 'R ID 1-3', 'R AN 1-30']),
      ),
      dated('102 291', 'date', DATES, 'S', 2),
      question(questionId),
    ),
    ...inner,
  )
}

/** 270 eligibility inquiry. */
export const guide270: Guide = {
  version: '005010X279A1',
  set: '270',
  root: loop(
    'ST',
    'R',
    1,
    'transaction set',
    segment('ST', 'R', 1, 'set header', 'R ID 3 270', 'R AN 4-9', 'R AN 1-35'),
    beginning('01 13'),
    loop(
      '2000A',
      'R',
      ANY_NUMBER,
      'payer level',
      level('20', 'payer level', 'N'),
      loop('2100A', 'R', 1, 'payer', source),
      loop(
        '2000B',
        'R',
        ANY_NUMBER,
        'provider level',
        level('21', 'provider level', 'R'),
        loop(
          '2100B',
          'R',
          1,
          'provider',
          asker,
          reference('0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ', 'provider number', 'S', 9),
          ...addressLines('S', 'the provider'),
          taxonomy,
        ),
        person270('2000C', '2100C', '2110C', '22', 'IL', [person270('2000D', '2100D', '2110D', '23', '03', [])]),
      ),
    ),
    ends(),
  ),
}

const benefit = (id: string, relatedId: string): LoopRule =>
  loop(
    id,
    'S',
    ANY_NUMBER,
    'benefit',
    segment(
      'EB',
      'R',
      1,
      'benefit',
      'R ID 1-3',
      'S ID 3',
      'S ID 1-2 x99',
      'S ID 1-3',
      'S AN 1-50',
      'S ID 1-2',
      'S R 1-18',
      'S R 1-10',
      'S ID 2',
      'S R 1-15',
      'S ID 1',
      'S ID 1',
      procedure('S'),
      ['S', 'R N0 1-2', 'S N0 1-2', 'S N0 1-2', 'S N0 1-2'],
    ),
    segment(
      'HSD',
      'S',
      9,
      'delivery',
      'S ID 2',
      'S R 1-15',
      'S ID 2',
      'S R 1-6',
      'S ID 1-2',
      'S N0 1-3',
      'S ID 1-2',
      'S ID 1',
    ),
    reference('18 1L 1W 49 6P 9F ALS CLI F6 FO G1 IG M7 N6 NQ', 'benefit number', 'S', 9),
    dated(
      '096 193 194 198 290 291 292 295 304 307 318 348 349 356 357 435 472 636 771',
      'benefit date',
      DATES,
      'S',
      20,
    ),
    rejection,
    segment('MSG', 'S', 10, 'message', 'R AN 1-264'),
    loop(
      `${id.slice(0, 2)}15${id.slice(4)}`,
      'S',
      10,
      'place or diagnosis',
      segment('III', 'R', 1, 'place or diagnosis', 'S ID 1-3', 'S AN 1-30', 'S ID 2', 'S AN 1-264'),
    ),
    loop(
      `LS-${relatedId}`,
      'S',
      1,
      'wrapper',
      segment('LS', 'R', 1, 'start of the wrapper', 'R AN 1-4'),
      // Some payers put a reference or a date alone into the wrapper.
      reference(MEMBER_REFERENCES, 'related number', 'S', 9),
      loop(
        relatedId,
        'S',
        23,
        'related entity',
        nameSegment('13 1I 1P 2B 36 73 FA GP GW I3 IL LR OC P3 P4 P5 PR PRP SEP TTP VN VY X3', 'related entity', {
          named: 'S',
          qualifiers: '24 34 46 FA FI II MI NI PI PP SV XV XX',
        }),
        ...addressLines('S', 'the related entity'),
        contact('IC', 'ED EM FX TE UR WP', 'contact', 'S', 3),
        taxonomy,
      ),
      segment('LE', 'R', 1, 'end of the wrapper', 'R AN 1-4'),
    ),
    dated('291 292', 'benefit date after the wrapper', DATES, 'S', 9),
  )

function person271(
  id: string,
  nameId: string,
  benefitId: string,
  relatedId: string,
  code: string,
  role: string,
  inner: readonly LoopRule[],
): LoopRule {
  return loop(
    id,
    'S',
    ANY_NUMBER,
    'patient level',
    level(code, 'patient level', 'R'),
    trace,
    loop(
      nameId,
      'R',
      1,
      'patient',
      nameSegment(role, 'patient', { entity: '1', named: 'S', qualifiers: 'II MI' }),
      reference(MEMBER_REFERENCES, 'patient number', 'S', 9),
      ...addressLines('S', 'the patient'),
      rejection,
      taxonomy,
      demographics,
      insured,
      segment(
        'HI',
        'S',
        1,
        'diagnoses',
        ...Array.from({ length: 8 }, (): ElementNote => ['S', 'R ID 1-3', 'R AN 1-30']),
      ),
      memberDates,
      segment(
        'MPI',
        'S',
        1,
        'military service',
        'R ID 1',
        'R ID 2',
        'R ID 1',
        'S AN 1-80',
        'S ID 2',
        'S ID 2-3',
        'S AN 1-35',
      ),
      benefit(benefitId, relatedId),
    ),
    ...inner,
  )
}

/** 271 eligibility answer. */
export const guide271: Guide = {
  version: '005010X279A1',
  set: '271',
  root: loop(
    'ST',
    'R',
    1,
    'transaction set',
    segment('ST', 'R', 1, 'set header', 'R ID 3 271', 'R AN 4-9', 'R AN 1-35'),
    beginning('06 11'),
    loop(
      '2000A',
      'R',
      ANY_NUMBER,
      'payer level',
      level('20', 'payer level', 'N'),
      rejection,
      loop(
        '2100A',
        'R',
        1,
        'payer',
        source,
        contact('IC', 'ED EM EX FX TE UR', 'contact of the payer', 'S', 3),
        rejection,
      ),
      loop(
        '2000B',
        'S',
        ANY_NUMBER,
        'provider level',
        level('21', 'provider level', 'R'),
        loop(
          '2100B',
          'R',
          1,
          'provider',
          asker,
          reference('0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ', 'provider number', 'S', 9),
          ...addressLines('S', 'the provider'),
          rejection,
          taxonomy,
        ),
        person271('2000C', '2100C', '2110C', '2120C', '22', 'IL', [
          person271('2000D', '2100D', '2110D', '2120D', '23', '03', []),
        ]),
      ),
    ),
    ends(),
  ),
}
