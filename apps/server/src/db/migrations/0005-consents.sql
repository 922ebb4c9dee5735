create table consents (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  practitioner_id uuid not null,
  form text not null check (form in ('written', 'scanned', 'verbal')),
  mode text not null,
  given_on date not null,
  given_at timestamptz not null,
  face_to_face boolean not null,
  language text not null,
  told text[] not null,
  form_id text not null,
  form_version text not null,
  form_sha256 text not null,
  form_document_id uuid not null,
  signature text not null check (signature in ('drawn', 'typed', 'paper', 'spoken')),
  signature_document_id uuid,
  signer_name text not null,
  signer_capacity text not null,
  witness text,
  back_dating_reason text,
  obtained_by uuid not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, practitioner_id) references staff (tenant_id, id),
  foreign key (tenant_id, form_document_id) references documents (tenant_id, id),
  foreign key (tenant_id, signature_document_id) references documents (tenant_id, id)
);
create index consents_patient on consents (tenant_id, patient_id, given_at desc);
select protect('consents', 'select, insert');

create table consent_revocations (
  tenant_id uuid not null,
  id uuid not null,
  consent_id uuid not null,
  requested_on date not null,
  effective_on date not null,
  reason text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, consent_id),
  foreign key (tenant_id, consent_id) references consents (tenant_id, id),
  check (effective_on >= requested_on)
);
select protect('consent_revocations', 'select, insert');

create table consent_copies (
  tenant_id uuid not null,
  id uuid not null,
  consent_id uuid not null,
  channel text not null,
  given_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, consent_id),
  foreign key (tenant_id, consent_id) references consents (tenant_id, id)
);
select protect('consent_copies', 'select, insert');
