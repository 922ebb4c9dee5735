-- What a person does with a held payment, a payment that came on paper, and what the bank says of each.
alter table remittances drop constraint remittances_status_check;
alter table remittances add constraint remittances_status_check check (status in ('posted', 'held', 'discarded'));
alter table remittances add column source text not null default 'file' check (source in ('file', 'paper'));
alter table remittances alter column file_id drop not null;
alter table remittances add constraint remittances_file check ((source = 'file') = (file_id is not null));

create table remittance_deeds (
  tenant_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  kind text not null check (kind in ('entered', 'released', 'discarded', 'restored')),
  reason text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittances (tenant_id, id)
);
create index remittance_deeds_remittance on remittance_deeds (tenant_id, remittance_id, recorded_at);
select protect('remittance_deeds', 'select, insert');

-- What the bank statement says came for a payment; the newest row holds.
create table deposits (
  tenant_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  bank_cents bigint not null check (bank_cents >= 0),
  received_on date not null,
  reference text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittances (tenant_id, id)
);
create index deposits_remittance on deposits (tenant_id, remittance_id, recorded_at);
select protect('deposits', 'select, insert');

-- The payer simulator's own book: what it took from a patient's yearly deductible, claim by claim of ours.
create table simulator_deductibles (
  tenant_id uuid not null,
  id uuid not null,
  member_id text not null,
  year text not null,
  file_name text not null,
  taken_cents integer not null check (taken_cents <> 0),
  from_at timestamptz not null,
  primary key (tenant_id, id)
);
create index simulator_deductibles_member on simulator_deductibles (tenant_id, member_id, year);
select protect('simulator_deductibles', 'select, insert');
