-- A timer belongs to one person; one may run at a time. Heartbeats touch only this small row.
create table timers (
  tenant_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  patient_id uuid not null,
  program text not null,
  activity text not null,
  personal_ccm boolean not null default false,
  call_id uuid,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  -- The clinic's choice on the day of the start: a heartbeat then needs no look at any other table.
  gap_seconds integer not null check (gap_seconds > 0),
  switched_from_id uuid,
  stopped_at timestamptz,
  stop_reason text check (stop_reason in ('stopped', 'paused', 'switched', 'recovered', 'discarded', 'undone')),
  stop_note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  check ((stopped_at is null) = (stop_reason is null))
) with (fillfactor = 70);
create unique index timers_one_running on timers (tenant_id, staff_id) where stopped_at is null;
create index timers_staff on timers (tenant_id, staff_id, started_at desc);
select protect('timers', 'select, insert, update');

-- Seconds are whole and derived from the two instants; the database refuses the same person twice at one time.
create table time_entries (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind in ('staff', 'practitioner')),
  credential text not null,
  program text not null,
  personal_ccm boolean not null default false,
  activity text not null,
  contact text,
  what_was_done text not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  seconds integer not null check (seconds > 0),
  month text not null,
  service_on date not null,
  source text not null check (source in ('timer', 'manual')),
  timer_id uuid,
  call_id uuid,
  reason text,
  attested boolean not null default false,
  needs_approval boolean not null default false,
  approved_by uuid,
  approved_at timestamptz,
  supersedes_id uuid,
  superseded_at timestamptz,
  superseded_by uuid,
  superseded_reason text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  during tstzrange not null generated always as (tstzrange(started_at, ended_at)) stored,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  check (ended_at > started_at),
  check (approved_by is null or (approved_by <> recorded_by and approved_by <> staff_id)),
  constraint time_entries_no_overlap exclude using gist (tenant_id with =, staff_id with =, during with &&) where (superseded_at is null)
);
create index time_entries_month on time_entries (tenant_id, month, patient_id);
create index time_entries_patient on time_entries (tenant_id, patient_id, started_at);
create index time_entries_waiting on time_entries (tenant_id, recorded_at) where needs_approval and approved_at is null and superseded_at is null;
select protect('time_entries', 'select, insert, update');

-- Kept in the transaction of each time entry so that the close and the worklists read one row a patient.
create table patient_months (
  tenant_id uuid not null,
  patient_id uuid not null,
  month text not null,
  staff_seconds integer not null default 0,
  practitioner_seconds integer not null default 0,
  left_out_seconds integer not null default 0,
  last_contact_at timestamptz,
  updated_at timestamptz not null,
  primary key (tenant_id, month, patient_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
) with (fillfactor = 80);
select protect('patient_months', 'select, insert, update');

create table calls (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  staff_id uuid not null,
  month text not null,
  script_id text not null,
  script_version text not null,
  -- The script as it was composed for this patient: what was asked stays readable when the scripts change.
  script jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('completed', 'voicemail', 'no_answer', 'wrong_number', 'call_back', 'declined_today')),
  call_back_at timestamptz,
  next_contact_on date,
  note text,
  note_edited boolean not null default false,
  signed_by uuid,
  signed_at timestamptz,
  signed_sha256 text,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index calls_patient on calls (tenant_id, patient_id, started_at desc);
create index calls_month on calls (tenant_id, month, staff_id);
select protect('calls', 'select, insert, update');

create table call_answers (
  tenant_id uuid not null,
  call_id uuid not null,
  question_id text not null,
  answer jsonb not null,
  answered_at timestamptz not null,
  primary key (tenant_id, call_id, question_id),
  foreign key (tenant_id, call_id) references calls (tenant_id, id)
);
select protect('call_answers', 'select, insert, update');

-- A red flag that was acted on: what was done at once, and the provider's task. Without a row it is open.
create table call_escalations (
  tenant_id uuid not null,
  call_id uuid not null,
  question_id text not null,
  task_id uuid not null,
  what_was_done text not null,
  acknowledged_by uuid not null,
  acknowledged_at timestamptz not null,
  primary key (tenant_id, call_id, question_id),
  foreign key (tenant_id, call_id) references calls (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id)
);
select protect('call_escalations', 'select, insert');

-- A patient's risk as it was last assessed, for the worklists: assessing a whole clinic's charts anew for each look would
-- take most of the time. A row is good for its day and until the next import.
create table patient_needs (
  tenant_id uuid not null,
  patient_id uuid not null,
  level text not null,
  score integer not null,
  because text[] not null,
  assessed_on date not null,
  assessed_at timestamptz not null,
  primary key (tenant_id, patient_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
select protect('patient_needs', 'select, insert, update');
