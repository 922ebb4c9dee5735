create table documents (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid,
  kind text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  stored_at timestamptz not null,
  stored_by uuid not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index documents_patient on documents (tenant_id, patient_id, stored_at desc);
select protect('documents', 'select, insert');

create table document_contents (
  tenant_id uuid not null,
  document_id uuid not null,
  content bytea not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, document_id) references documents (tenant_id, id)
);
select protect('document_contents', 'select, insert');

-- What waits to be written to the EHR. The row is the job: it exists exactly when its deed does.
create table ehr_outbox (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  document_id uuid,
  resource_type text not null,
  title text not null,
  body jsonb not null,
  status text not null check (status in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  next_try_at timestamptz not null,
  receipt text,
  last_error text,
  queued_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
);
create index ehr_outbox_due on ehr_outbox (tenant_id, status, next_try_at);
create index ehr_outbox_document on ehr_outbox (tenant_id, document_id);
select protect('ehr_outbox', 'select, insert, update');
