-- The verdict as last assessed for a month that is still open, with the facts it rests on; the close moves it into
-- closed_months. `since` is the day on which the present cause was first seen.
create table month_verdicts (
  tenant_id uuid not null,
  clinic_id uuid not null,
  patient_id uuid not null,
  month text not null,
  lane text not null check (lane in ('ready', 'fix', 'hold', 'not_billable')),
  outcome text not null,
  family text,
  lines jsonb not null,
  owner_role text,
  cause_id text,
  cause text,
  since timestamptz not null,
  allowed_cents integer,
  counted_seconds integer not null,
  practitioner_id uuid,
  care_manager_id uuid,
  facts jsonb not null,
  evidence jsonb not null,
  verdict jsonb not null,
  facts_sha256 text not null,
  snapshot_sha256 text not null,
  book text not null,
  assessed_at timestamptz not null,
  primary key (tenant_id, month, patient_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index month_verdicts_lane on month_verdicts (tenant_id, clinic_id, month, lane, patient_id);
select protect('month_verdicts', 'select, insert, update, delete');

-- A person's choice of another family or another billing practitioner for one month, with the reason; the newest
-- counts, and one without either takes the choice back.
create table month_choices (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  month text not null,
  family text check (family in ('non_complex', 'complex', 'personal')),
  practitioner_id uuid,
  reason text not null,
  chosen_by uuid not null,
  chosen_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, practitioner_id) references staff (tenant_id, id)
);
create index month_choices_month on month_choices (tenant_id, month, patient_id, chosen_at desc);
select protect('month_choices', 'select, insert');

-- A close goes through its phases and may be taken up again; one per clinic and month.
create table month_closes (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  month text not null,
  phase text not null check (phase in ('freeze', 'compute', 'snapshot', 'claims', 'done')),
  book text not null,
  counts jsonb not null default '{}',
  -- Null where the system closed it, from the command line.
  started_by uuid,
  started_at timestamptz not null,
  worker text,
  lease_until timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, clinic_id, month),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
select protect('month_closes', 'select, insert, update');

-- The frozen month. The hash is over the canonical JSON of {evidence, facts, verdict}; the other columns repeat them.
create table closed_months (
  tenant_id uuid not null,
  month text not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  close_id uuid not null,
  lane text not null check (lane in ('ready', 'fix', 'hold', 'not_billable')),
  outcome text not null,
  family text,
  lines jsonb not null,
  owner_role text,
  cause_id text,
  cause text,
  allowed_cents integer,
  counted_seconds integer not null,
  practitioner_id uuid,
  care_manager_id uuid,
  facts jsonb not null,
  evidence jsonb not null,
  verdict jsonb not null,
  snapshot_sha256 text not null,
  book text not null,
  frozen_at timestamptz not null,
  primary key (tenant_id, month, patient_id),
  foreign key (tenant_id, close_id) references month_closes (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index closed_months_lane on closed_months (tenant_id, clinic_id, month, lane, patient_id);
select protect('closed_months', 'select, insert');

-- Something came to light after the close: the frozen month stays as it is, this says what differs.
create table correction_cases (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  month text not null,
  cause text not null,
  detail text not null,
  time_entry_id uuid,
  before_verdict jsonb,
  after_verdict jsonb,
  difference_cents integer,
  opened_by uuid not null,
  opened_at timestamptz not null,
  resolution text check (resolution in ('replace_claim', 'new_claim', 'pay_back', 'no_change')),
  resolution_note text,
  resolved_by uuid,
  resolved_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index correction_cases_open on correction_cases (tenant_id, month, resolved_at);
create index correction_cases_entry on correction_cases (tenant_id, month, time_entry_id);
select protect('correction_cases', 'select, insert, update');
