-- The chart as it came from the EHR. Source ids are the EHR's own logical ids; our ids are ours. Where a table allows
-- delete, a record that the EHR itself took back (entered in error, not done) leaves the chart; its source stays.
create table imports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('fhir', 'x12')),
  source text not null,
  files jsonb not null,
  dry_run boolean not null,
  status text not null check (status in ('running', 'done', 'failed')),
  counts jsonb not null,
  findings jsonb not null,
  errors_total integer not null default 0,
  warnings_total integer not null default 0,
  percent integer not null default 0,
  started_at timestamptz not null,
  started_by uuid,
  progress_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
select protect('imports', 'select, insert, update');

create table patients (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  source text not null,
  source_id text not null,
  family text not null,
  given text not null,
  prefix text,
  born_on date,
  sex text not null,
  deceased boolean not null default false,
  died_on date,
  language text,
  mbi text,
  mrn text,
  address jsonb,
  phones jsonb not null default '[]',
  email text,
  search_text text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
create index patients_name on patients (tenant_id, family, given, id);
create index patients_mbi on patients (tenant_id, mbi);
select protect('patients', 'select, insert, update');

-- What the clinic knows about reaching a patient, kept apart from the EHR's copy so that an import never overwrites it.
create table patient_contacts (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  phone text,
  phone_type text,
  textable boolean,
  voicemail_allowed boolean,
  email text,
  best_from text,
  best_to text,
  language text,
  hearing_note text,
  pronouns text,
  caregiver_name text,
  caregiver_phone text,
  caregiver_relationship text,
  verified_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index patient_contacts_patient on patient_contacts (tenant_id, patient_id, recorded_at desc);
select protect('patient_contacts', 'select, insert');

-- Every resource as it came, compressed, with its hash and where it came from. records_sha256 is the hash of what
-- was made of it: it changes when the resource did, when what it refers to did, and when our reading of it did.
create table fhir_resources (
  tenant_id uuid not null,
  id uuid not null,
  source text not null,
  resource_type text not null,
  source_id text not null,
  patient_source_id text,
  sha256 text not null,
  records_sha256 text not null,
  body bytea not null,
  import_id uuid not null,
  file text not null,
  line integer,
  entry integer,
  imported_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, source, resource_type, source_id)
);
create index fhir_resources_patient on fhir_resources (tenant_id, patient_source_id);
select protect('fhir_resources', 'select, insert, update');

create table practitioners (
  tenant_id uuid not null,
  id uuid not null,
  source text not null,
  source_id text not null,
  name text not null,
  npi text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id)
);
select protect('practitioners', 'select, insert, update');

create table conditions (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  system text not null,
  code text not null,
  display text not null,
  codings jsonb not null,
  clinical_status text,
  verification_status text,
  category text,
  onset_on date,
  abated_on date,
  recorded_on date,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index conditions_patient on conditions (tenant_id, patient_id);
select protect('conditions', 'select, insert, update');

create table encounters (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  status text,
  kind text not null,
  class text,
  code text,
  display text,
  started_at timestamptz,
  ended_at timestamptz,
  practitioner_source_id text,
  reason text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index encounters_patient on encounters (tenant_id, patient_id, started_at);
select protect('encounters', 'select, insert, update');

create table observations (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  system text,
  code text not null,
  display text not null,
  category text,
  effective_at timestamptz,
  value_number numeric,
  value_text text,
  unit text,
  components jsonb not null default '[]',
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index observations_patient on observations (tenant_id, patient_id, code, effective_at desc);
select protect('observations', 'select, insert, update, delete');

create table medications (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  status text,
  code text,
  display text not null,
  authored_on date,
  dosage_text text,
  reason text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index medications_patient on medications (tenant_id, patient_id, status);
select protect('medications', 'select, insert, update');

create table allergies (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  code text,
  display text not null,
  clinical_status text,
  criticality text,
  reactions jsonb not null default '[]',
  recorded_on date,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index allergies_patient on allergies (tenant_id, patient_id);
select protect('allergies', 'select, insert, update, delete');

-- Immunizations and procedures, told apart by kind.
create table past_services (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  kind text not null check (kind in ('immunization', 'procedure')),
  code text,
  display text not null,
  performed_on date,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index past_services_patient on past_services (tenant_id, patient_id, performed_on desc);
select protect('past_services', 'select, insert, update, delete');

create table related_people (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  name text not null,
  relationship text,
  phone text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
select protect('related_people', 'select, insert, update');

-- Coverage as known: from the EHR, from a 271 or typed at the desk. A hint is what an old claim names as its payer.
create table coverages (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  source text not null,
  source_id text not null,
  kind text not null,
  hint boolean not null default false,
  payer_name text,
  member_id text,
  from_on date,
  to_on date,
  payer_order integer,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index coverages_patient on coverages (tenant_id, patient_id);
select protect('coverages', 'select, insert, update, delete');

create table appointments (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  source text not null,
  source_id text not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  practitioner_source_id text,
  status text not null,
  description text,
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index appointments_day on appointments (tenant_id, clinic_id, starts_at);
select protect('appointments', 'select, insert, update');
