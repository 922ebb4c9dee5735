-- The front desk's log: every word about CCM with a patient, append-only.
create table introductions (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  appointment_id uuid,
  kind text not null check (kind in ('mentioned', 'brochure_given', 'heard_before', 'response', 'question', 'nudge')),
  channel text not null,
  response text check (response in ('interested', 'thinking', 'agreed', 'declined')),
  heard_before text check (heard_before in ('yes', 'no', 'unsure')),
  objection text,
  note text,
  script_version text,
  brochure_version text,
  brochure_language text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index introductions_patient on introductions (tenant_id, patient_id, recorded_at desc);
create index introductions_time on introductions (tenant_id, clinic_id, recorded_at desc);
select protect('introductions', 'select, insert');

create table declines (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  introduction_id uuid not null,
  reason text not null,
  note text,
  do_not_ask_again boolean not null,
  follow_up_by uuid,
  follow_up_on date,
  declined_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, introduction_id) references introductions (tenant_id, id)
);
create index declines_patient on declines (tenant_id, patient_id, recorded_at desc);
select protect('declines', 'select, insert');

create table eligibility_checks (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  service_on date not null,
  verdict text not null check (verdict in ('yes', 'no', 'unsure')),
  reasons jsonb not null,
  facts jsonb not null,
  failure text,
  -- Null where a fact is missing, so that the question could not be asked.
  request_270 text,
  response_271 text,
  requested_by uuid not null,
  requested_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index eligibility_checks_patient on eligibility_checks (tenant_id, patient_id, requested_at desc);
select protect('eligibility_checks', 'select, insert');

create table priority_marks (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  level text not null check (level in ('first', 'soon', 'normal', 'later')),
  reason text not null,
  marked_by uuid not null,
  marked_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index priority_marks_patient on priority_marks (tenant_id, patient_id, marked_at desc);
select protect('priority_marks', 'select, insert');

-- Work for a person: a clinical question, a follow-up, an escalation, something to mend before the bill.
create table tasks (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid,
  kind text not null,
  title text not null,
  detail text,
  urgency text not null check (urgency in ('now', 'today', 'normal')),
  owner_role text not null,
  owner_id uuid,
  due_on date,
  due_at timestamptz,
  month text,
  subject_id uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  answer text,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index tasks_open on tasks (tenant_id, owner_role, done_at, due_on);
create index tasks_owner on tasks (tenant_id, owner_id, done_at);
create index tasks_creator on tasks (tenant_id, created_by, done_at);
create index tasks_patient on tasks (tenant_id, patient_id, created_at desc);
select protect('tasks', 'select, insert, update');
