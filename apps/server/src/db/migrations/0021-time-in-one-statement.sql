-- Goes up with each change of the month's time, so that an entry can be added to the sums in the statement that writes it:
-- who read the month before somebody else changed it reads it again.
alter table patient_months add column revision integer not null default 0;
-- Whether a person's time is free is asked with every entry; under row-level security a range's operator cannot use the
-- constraint's index, because it is not leakproof, and the order of instants can.
create index time_entries_person on time_entries (tenant_id, staff_id, started_at) where superseded_at is null;
