-- A sweep asks Medicare once about every enrolled patient of a month, before the month ends.
create table coverage_sweeps (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- Null where it began by itself.
  started_by uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- The next patient is asked about from then on: a lease while one is asked about, a pause when nobody answers.
  next_at timestamptz not null,
  -- How often in a row the service gave no answer.
  silent integer not null default 0,
  primary key (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
-- One at a time.
create unique index coverage_sweeps_one on coverage_sweeps (tenant_id, clinic_id) where ended_at is null;
create index coverage_sweeps_month on coverage_sweeps (tenant_id, clinic_id, month, started_at desc);
select protect('coverage_sweeps', 'select, insert, update');

-- What an answer of Medicare told otherwise than the one before it.
create table coverage_changes (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  check_id uuid not null,
  changes jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, check_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, check_id) references eligibility_checks (tenant_id, id)
);
create index coverage_changes_patient on coverage_changes (tenant_id, patient_id, recorded_at desc);
select protect('coverage_changes', 'select, insert');

create table coverage_looks (
  tenant_id uuid not null,
  id uuid not null,
  change_id uuid not null,
  note text not null,
  looked_by uuid not null,
  looked_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, change_id),
  foreign key (tenant_id, change_id) references coverage_changes (tenant_id, id)
);
select protect('coverage_looks', 'select, insert');

-- A sweep that began by itself asks for nobody.
alter table eligibility_checks alter column requested_by drop not null;
