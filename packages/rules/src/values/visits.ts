import { dated } from '../book/dated.ts'
import { sources } from '../sources.ts'

/** Visits that may start chronic care management: office levels 2 to 5, home visits, wellness visits, TCM. */
export const initiatingVisitCodes = dated<readonly string[]>({
  key: 'ccm.initiating_visit.codes',
  unit: 'code',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [
    {
      from: '2015-01',
      published: 'unknown',
      source: sources.aafp2016,
      value: [
        ...['99202', '99203', '99204', '99205', '99212', '99213', '99214', '99215'],
        ...['99341', '99342', '99344', '99345', '99347', '99348', '99349', '99350'],
        ...['99495', '99496', 'G0402', 'G0438', 'G0439'],
      ],
    },
  ],
})

/** The add-on to the visit for unusually extensive planning by the practitioner in person. */
export const planningAddOnCode = dated({
  key: 'ccm.planning_add_on.code',
  unit: 'code',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [{ from: '2017-01', published: '2016-11-15', source: sources.pfs2017, value: 'G0506' }],
})

/** A visit is needed where the patient was not seen for this long before care starts. */
export const initiatingVisitYears = dated({
  key: 'ccm.initiating_visit.within',
  unit: 'year',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [{ from: '2017-01', published: '2016-11-15', source: sources.pfs2017, value: 1 }],
})
