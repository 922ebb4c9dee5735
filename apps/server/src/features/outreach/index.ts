import * as deeds from './outreach.actions.ts'

export const handlers = {
  'outreach.today': deeds.today,
  'outreach.patient': deeds.patient,
  'outreach.script': deeds.script,
  'outreach.record': deeds.record,
  'outreach.decline': deeds.decline,
  'outreach.ask': deeds.ask,
  'outreach.page': deeds.page,
  'outreach.people': deeds.people,
  'outreach.brochure': deeds.brochure,
  'outreach.log': deeds.log,
  'outreach.exportLog': deeds.exportLog,
  'outreach.declines': deeds.declines,
  'outreach.trends': deeds.trends,
  'outreach.discussToday': deeds.discussToday,
}
