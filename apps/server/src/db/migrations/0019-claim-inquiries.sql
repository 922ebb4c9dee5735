-- A question to the payer where claims stand (276). It leaves like a batch and may be repeated without harm.
create table claim_inquiries (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  file_id uuid not null,
  number text not null,
  interchange_control text not null,
  group_control text not null,
  channel text not null check (channel in ('download', 'sftp', 'simulator')),
  status text not null check (status in ('waiting', 'sent', 'failed')),
  sent_at timestamptz,
  receipt text,
  last_error text,
  attempts integer not null default 0,
  next_try_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, interchange_control),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, file_id) references x12_files (tenant_id, id)
);
create index claim_inquiries_due on claim_inquiries (tenant_id, status, next_try_at);
select protect('claim_inquiries', 'select, insert, update');

-- One claim of a question; its trace number comes back in the answer.
create table claim_inquiry_claims (
  tenant_id uuid not null,
  id uuid not null,
  inquiry_id uuid not null,
  claim_id uuid not null,
  trace text not null,
  primary key (tenant_id, id),
  unique (tenant_id, trace),
  foreign key (tenant_id, inquiry_id) references claim_inquiries (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index claim_inquiry_claims_claim on claim_inquiry_claims (tenant_id, claim_id);
select protect('claim_inquiry_claims', 'select, insert');

-- What a payer told of a claim (277), asked for or not. Append-only; the same answer stands here once, whatever its envelope.
create table claim_status_answers (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  -- The question that it answers; null where nobody had asked.
  inquiry_claim_id uuid,
  file_id uuid not null,
  answer_sha256 text not null,
  codes jsonb not null,
  sentence text not null,
  decided_on date,
  paid_cents integer,
  payment_trace text,
  told_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, claim_id, answer_sha256),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id),
  foreign key (tenant_id, inquiry_claim_id) references claim_inquiry_claims (tenant_id, id),
  foreign key (tenant_id, file_id) references x12_files (tenant_id, id)
);
create index claim_status_answers_claim on claim_status_answers (tenant_id, claim_id, told_at);
select protect('claim_status_answers', 'select, insert');
