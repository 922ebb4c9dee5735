create table attestations (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  practitioner_id uuid not null,
  attested_on date not null,
  attested_at timestamptz not null,
  lasts_12_months boolean not null,
  significant_risk boolean not null,
  conditions jsonb not null,
  facts jsonb not null,
  facts_sha256 text not null,
  statement text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, practitioner_id) references staff (tenant_id, id)
);
create index attestations_patient on attestations (tenant_id, patient_id, attested_at desc);
select protect('attestations', 'select, insert');

create table initiating_visits (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  practitioner_id uuid not null,
  encounter_id uuid,
  visit_on date not null,
  code text not null,
  ccm_discussed boolean not null,
  note text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index initiating_visits_patient on initiating_visits (tenant_id, patient_id, visit_on desc);
select protect('initiating_visits', 'select, insert');

create table enrollments (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  practitioner_id uuid not null,
  consent_id uuid not null,
  attestation_id uuid not null,
  initiating_visit_id uuid,
  new_or_not_seen_within_year boolean not null,
  enrolled_on date not null,
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, consent_id) references consents (tenant_id, id),
  foreign key (tenant_id, attestation_id) references attestations (tenant_id, id)
);
create index enrollments_patient on enrollments (tenant_id, patient_id, enrolled_at desc);
create index enrollments_clinic on enrollments (tenant_id, clinic_id, enrolled_on);
select protect('enrollments', 'select, insert');

create table enrollment_ends (
  tenant_id uuid not null,
  id uuid not null,
  enrollment_id uuid not null,
  reason text not null,
  note text,
  ended_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, enrollment_id),
  foreign key (tenant_id, enrollment_id) references enrollments (tenant_id, id)
);
select protect('enrollment_ends', 'select, insert');

-- Who the patient's designated care manager is, and since when.
create table care_manager_assignments (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  care_manager_id uuid not null,
  from_on date not null,
  reason text not null,
  assigned_by uuid not null,
  assigned_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, care_manager_id) references staff (tenant_id, id)
);
create index care_manager_assignments_patient on care_manager_assignments (tenant_id, patient_id, from_on desc, assigned_at desc);
select protect('care_manager_assignments', 'select, insert');

-- The practitioner's medical decision making of a month: complex CCM cannot stand without it.
create table decision_records (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  month text not null,
  practitioner_id uuid not null,
  level text not null check (level in ('straightforward', 'low', 'moderate', 'high')),
  rationale text not null,
  documented_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index decision_records_month on decision_records (tenant_id, patient_id, month);
select protect('decision_records', 'select, insert');

-- What else was or will be billed for the patient, and stays: known conflicts for a month.
create table other_services (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  code text not null,
  service_on date not null,
  practitioner text not null check (practitioner in ('same', 'same_group', 'other')),
  source text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index other_services_patient on other_services (tenant_id, patient_id, service_on);
select protect('other_services', 'select, insert');

create table stays (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('inpatient', 'snf_part_a')),
  from_on date not null,
  to_on date,
  source text not null,
  source_id text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index stays_patient on stays (tenant_id, patient_id, from_on);
select protect('stays', 'select, insert, update, delete');
