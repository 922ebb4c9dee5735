import { ANY_NUMBER, type Guide, loop, segment } from './guide.ts'

const context = segment(
  'CTX',
  'S',
  10,
  'context',
  ['R', 'R AN 1-35', 'S AN 1-35'],
  'S ID 2-3',
  'S N0 1-10',
  'S AN 1-6',
  ['S', 'S N0 1-2', 'S N0 1-2', 'S N0 1-4'],
  ['S', 'S N0 1-4', 'S N0 1-4'],
)

/** 999 acknowledgment of a functional group. */
export const guide999: Guide = {
  version: '005010X231A1',
  set: '999',
  root: loop(
    'ST',
    'R',
    1,
    'transaction set',
    segment('ST', 'R', 1, 'set header', 'R ID 3 999', 'R AN 4-9', 'R AN 1-35'),
    segment('AK1', 'R', 1, 'group that is answered', 'R ID 2', 'R N0 1-9', 'R AN 1-12'),
    loop(
      '2000',
      'S',
      ANY_NUMBER,
      'set that is answered',
      segment('AK2', 'R', 1, 'set that is answered', 'R ID 3', 'R AN 4-9', 'S AN 1-35'),
      loop(
        '2100',
        'S',
        ANY_NUMBER,
        'segment error',
        segment('IK3', 'R', 1, 'segment error', 'R ID 2-3', 'R N0 1-10', 'S AN 1-6', 'S ID 1-3'),
        context,
        loop(
          '2110',
          'S',
          ANY_NUMBER,
          'element error',
          segment(
            'IK4',
            'R',
            1,
            'element error',
            ['R', 'R N0 1-2', 'S N0 1-2', 'S N0 1-4'],
            'S N0 1-4',
            'R ID 1-3',
            'S AN 1-99',
          ),
          context,
        ),
      ),
      segment('IK5', 'R', 1, 'result of the set', 'R ID 1 A E M R W X', ...Array<string>(5).fill('S ID 1-3')),
    ),
    segment(
      'AK9',
      'R',
      1,
      'result of the group',
      'R ID 1 A E M P R W X',
      'R N0 1-6',
      'R N0 1-6',
      'R N0 1-6',
      ...Array<string>(5).fill('S ID 1-3'),
    ),
    segment('SE', 'R', 1, 'set trailer', 'R N0 1-10', 'R AN 4-9'),
  ),
}
