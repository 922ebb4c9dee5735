-- Null: recorded before anybody was asked. Without a word a visit counts as held in person.
alter table initiating_visits
  add column by_video boolean,
  add column extensive_planning boolean;
