-- A decided claim may be billed anew: the old one stays with its ledger and is no longer live, the new one names it.
alter table claims drop constraint claims_status_check;
alter table claims add constraint claims_status_check check (status in
  ('ready', 'batched', 'sent', 'accepted', 'rejected', 'paid', 'denied', 'underpaid', 'reversed', 'withdrawn', 'replaced'));
-- CLM05-3: 1 an original claim, 7 a replacement; the payer's number of what it replaces goes with a 7.
alter table claims add column frequency text not null default '1' check (frequency in ('1', '7'));
alter table claims add column original_payer_number text;
alter table claims add constraint claims_replacement check ((frequency = '7') = (original_payer_number is not null));

-- What people did about a denial, in order. Append-only; the newest owner and the newest day to look again hold.
create table denial_deeds (
  tenant_id uuid not null,
  id uuid not null,
  denial_id uuid not null,
  kind text not null check (kind in ('note', 'payer_contact', 'assigned', 'packet_made', 'appealed', 'reopening_asked', 'billed_anew')),
  sentence text not null,
  -- The payer's reference of a call or letter.
  reference text,
  owner_id uuid,
  due_on date,
  -- The claim that was made in place of the denied one.
  claim_id uuid,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, denial_id) references denials (tenant_id, id),
  foreign key (tenant_id, owner_id) references staff (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index denial_deeds_denial on denial_deeds (tenant_id, denial_id, recorded_at);
select protect('denial_deeds', 'select, insert');
