create table care_plans (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, patient_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
select protect('care_plans', 'select, insert');

-- Each saved change is a new version; a version never changes. based_on makes the history linear.
create table care_plan_versions (
  tenant_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  number integer not null check (number > 0),
  content jsonb not null,
  content_sha256 text not null,
  change_note text,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, plan_id, number),
  foreign key (tenant_id, plan_id) references care_plans (tenant_id, id)
);
select protect('care_plan_versions', 'select, insert');

create table care_plan_submissions (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  note text,
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, version_id),
  foreign key (tenant_id, version_id) references care_plan_versions (tenant_id, id)
);
select protect('care_plan_submissions', 'select, insert');

create table care_plan_returns (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  reason text not null,
  returned_by uuid not null,
  returned_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, version_id),
  foreign key (tenant_id, version_id) references care_plan_versions (tenant_id, id)
);
select protect('care_plan_returns', 'select, insert');

create table care_plan_signatures (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  document_id uuid not null,
  paper_document_id uuid not null,
  signed_sha256 text not null,
  meaning text not null,
  practitioner_id uuid not null,
  signed_on date not null,
  signed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, version_id),
  foreign key (tenant_id, version_id) references care_plan_versions (tenant_id, id),
  foreign key (tenant_id, document_id) references documents (tenant_id, id),
  foreign key (tenant_id, paper_document_id) references documents (tenant_id, id)
);
select protect('care_plan_signatures', 'select, insert');

create table care_plan_copies (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  recipient text not null check (recipient in ('patient', 'caregiver')),
  recipient_name text not null,
  channel text not null,
  proof text,
  given_on date not null,
  given_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, version_id) references care_plan_versions (tenant_id, id)
);
create index care_plan_copies_version on care_plan_copies (tenant_id, version_id);
select protect('care_plan_copies', 'select, insert');

-- What a person has typed and not yet saved as a version: one a person and plan, so that a closed browser loses nothing.
create table care_plan_working_copies (
  tenant_id uuid not null,
  plan_id uuid not null,
  staff_id uuid not null,
  based_on integer not null,
  content jsonb not null,
  kept_at timestamptz not null,
  primary key (tenant_id, plan_id, staff_id),
  foreign key (tenant_id, plan_id) references care_plans (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
select protect('care_plan_working_copies', 'select, insert, update, delete');
