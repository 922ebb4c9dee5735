create table remittances (
  tenant_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  payer_id text not null,
  payer_name text not null,
  trace text not null,
  paid_on date not null,
  amount_cents bigint not null,
  method text not null,
  set_sha256 text not null,
  status text not null check (status in ('posted', 'held')),
  hold_reason text,
  claims_cents bigint not null,
  provider_adjustment_cents bigint not null,
  detail jsonb not null default '{}',
  posted_by uuid,
  posted_at timestamptz,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, file_id) references x12_files (tenant_id, id)
);
-- One payment is one deposit: the same trace, payer, day and amount is posted once.
create unique index remittances_once on remittances (tenant_id, payer_id, trace, paid_on, amount_cents) where status = 'posted';
select protect('remittances', 'select, insert, update');

create table remittance_claims (
  tenant_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  claim_id uuid,
  position integer not null,
  claim_control text not null,
  payer_claim_number text,
  status_code text not null,
  charge_cents integer not null,
  paid_cents integer not null,
  patient_cents integer not null,
  matched_by text,
  -- The reversal by which the payer took this decision back.
  reversed_by_id uuid,
  detail jsonb not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittances (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index remittance_claims_claim on remittance_claims (tenant_id, claim_id);
create index remittance_claims_remittance on remittance_claims (tenant_id, remittance_id, position);
create index remittance_claims_unmatched on remittance_claims (tenant_id, claim_control) where claim_id is null;
select protect('remittance_claims', 'select, insert, update');

-- The ledger: an entry's postings add up to zero, to the cent; nothing in it is ever changed. Money that came for a claim
-- that nobody has recognised yet lies in 'unapplied'.
create table journal_entries (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('charge', 'payment', 'adjustment', 'patient_share', 'reversal', 'provider_adjustment', 'withdrawal')),
  claim_id uuid,
  remittance_id uuid,
  -- The payer's decision that the entry books, so that its reversal mirrors exactly these postings.
  remittance_claim_id uuid,
  memo text not null,
  booked_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittances (tenant_id, id)
);
create index journal_entries_claim on journal_entries (tenant_id, claim_id, recorded_at);
create index journal_entries_remittance on journal_entries (tenant_id, remittance_id);
create index journal_entries_decision on journal_entries (tenant_id, remittance_claim_id);
select protect('journal_entries', 'select, insert');

create table postings (
  tenant_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  account text not null check (account in ('receivable_payer', 'receivable_patient', 'revenue', 'cash', 'contractual', 'sequestration', 'denied', 'other_adjustment', 'provider_adjustment', 'unapplied')),
  amount_cents integer not null check (amount_cents <> 0),
  claim_line_id uuid,
  adjustment_group text,
  adjustment_code text,
  primary key (tenant_id, id),
  foreign key (tenant_id, entry_id) references journal_entries (tenant_id, id)
);
create index postings_entry on postings (tenant_id, entry_id);
select protect('postings', 'select, insert');

create table denials (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  claim_line_id uuid,
  remittance_claim_id uuid not null,
  kind text not null check (kind in ('denied', 'underpaid', 'overpaid')),
  adjustment_group text,
  adjustment_code text,
  remark_codes text[] not null default '{}',
  amount_cents integer not null,
  expected_cents integer,
  cause text not null,
  next_step text not null,
  appealable boolean not null,
  deadline_on date,
  owner_role text not null,
  opened_at timestamptz not null,
  resolution text,
  resolved_by uuid,
  resolved_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index denials_open on denials (tenant_id, kind, resolved_at, deadline_on);
select protect('denials', 'select, insert, update');

create table break_glass (
  tenant_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  patient_id uuid not null,
  reason_code text not null,
  reason text not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review_outcome text,
  review_note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  check (reviewed_by is null or reviewed_by <> staff_id)
);
create index break_glass_open on break_glass (tenant_id, staff_id, patient_id, expires_at);
select protect('break_glass', 'select, insert, update');

create table on_call_notes (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  break_glass_id uuid not null,
  caller_name text not null,
  caller_phone text,
  what_happened text not null,
  advice text not null,
  hand_over_task_id uuid,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, break_glass_id) references break_glass (tenant_id, id)
);
create index on_call_notes_patient on on_call_notes (tenant_id, patient_id, written_at desc);
select protect('on_call_notes', 'select, insert');
