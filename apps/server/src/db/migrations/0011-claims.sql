create table claims (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  patient_id uuid not null,
  month text not null,
  control_number text not null,
  practitioner_id uuid not null,
  payer_id text not null,
  status text not null check (status in ('ready', 'batched', 'sent', 'accepted', 'rejected', 'paid', 'denied', 'underpaid', 'reversed', 'withdrawn')),
  service_on date not null,
  diagnoses text[] not null,
  charge_cents integer not null check (charge_cents > 0),
  expected_allowed_cents integer,
  expected_medicare_cents integer,
  expected_patient_cents integer,
  qmb boolean not null default false,
  snapshot_sha256 text not null,
  subscriber jsonb not null,
  payer_claim_number text,
  replaces_claim_id uuid,
  live boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, control_number),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create unique index claims_one_live on claims (tenant_id, patient_id, month) where live;
create index claims_status on claims (tenant_id, status, month);
create index claims_payer_number on claims (tenant_id, payer_claim_number) where payer_claim_number is not null;
select protect('claims', 'select, insert, update');

create table claim_lines (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  patient_id uuid not null,
  month text not null,
  number integer not null,
  code text not null,
  units integer not null check (units > 0),
  charge_cents integer not null check (charge_cents > 0),
  expected_allowed_cents integer,
  expected_medicare_cents integer,
  expected_patient_cents integer,
  service_on date not null,
  pointers integer[] not null,
  line_control text not null,
  live boolean not null default true,
  primary key (tenant_id, id),
  unique (tenant_id, claim_id, number),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create unique index claim_lines_one_live on claim_lines (tenant_id, patient_id, month, code) where live;
select protect('claim_lines', 'select, insert, update');

-- What happened to a claim, in order: built, sent, taken, rejected, paid. Append-only.
create table claim_events (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  kind text not null,
  sentence text not null,
  codes jsonb not null default '[]',
  file_id uuid,
  happened_at timestamptz not null,
  recorded_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index claim_events_claim on claim_events (tenant_id, claim_id, happened_at);
select protect('claim_events', 'select, insert');

-- Every X12 file that left or came, its exact text and its hash; the same content is taken once.
create table x12_files (
  tenant_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('out', 'in')),
  kind text not null,
  name text not null,
  sha256 text not null,
  content text not null,
  interchange_control text,
  outcome text not null,
  summary jsonb not null default '{}',
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, direction, sha256)
);
create index x12_files_time on x12_files (tenant_id, direction, recorded_at desc);
select protect('x12_files', 'select, insert, update');

create table claim_batches (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  file_id uuid not null,
  number text not null,
  interchange_control text not null,
  group_control text not null,
  set_control text not null,
  claims_count integer not null,
  charge_cents bigint not null,
  channel text not null check (channel in ('download', 'sftp', 'simulator')),
  status text not null check (status in ('waiting', 'sending', 'sent', 'undone', 'failed', 'accepted', 'rejected')),
  leaves_at timestamptz not null,
  sent_at timestamptz,
  receipt text,
  last_error text,
  attempts integer not null default 0,
  -- While sending: until when the sender has the batch for itself. While waiting after a failure: when the next try is due.
  next_try_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, interchange_control),
  foreign key (tenant_id, file_id) references x12_files (tenant_id, id)
);
create index claim_batches_due on claim_batches (tenant_id, status, leaves_at);
select protect('claim_batches', 'select, insert, update');

create table claim_batch_claims (
  tenant_id uuid not null,
  batch_id uuid not null,
  claim_id uuid not null,
  primary key (tenant_id, batch_id, claim_id),
  foreign key (tenant_id, batch_id) references claim_batches (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index claim_batch_claims_claim on claim_batch_claims (tenant_id, claim_id);
select protect('claim_batch_claims', 'select, insert');

-- The mailbox of the payer simulator: what it was sent and what it answers, each answer from its own instant on.
create table simulator_files (
  tenant_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('to_payer', 'from_payer')),
  name text not null,
  sha256 text not null,
  content text not null,
  available_at timestamptz not null,
  taken_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, direction, name)
);
create index simulator_files_waiting on simulator_files (tenant_id, direction, available_at) where taken_at is null;
select protect('simulator_files', 'select, insert, update');
