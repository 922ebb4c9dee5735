-- The clinic's own edits: what holds a claim before it leaves. An edit never changes; another one is proposed instead.
create table pre_bill_edits (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  sentence text not null,
  conditions jsonb not null,
  -- The denial that it was made from.
  denial_id uuid,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, denial_id) references denials (tenant_id, id),
  foreign key (tenant_id, proposed_by) references staff (tenant_id, id)
);
select protect('pre_bill_edits', 'select, insert');

-- Tested, switched on, switched off. Append-only: the newest switching says whether it holds claims.
create table pre_bill_edit_deeds (
  tenant_id uuid not null,
  id uuid not null,
  edit_id uuid not null,
  kind text not null check (kind in ('tested', 'switched_on', 'switched_off')),
  reason text,
  -- What the test on past claims found.
  result jsonb,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  check ((kind = 'tested') = (result is not null)),
  check ((kind = 'tested') = (reason is null)),
  foreign key (tenant_id, edit_id) references pre_bill_edits (tenant_id, id),
  foreign key (tenant_id, recorded_by) references staff (tenant_id, id)
);
create index pre_bill_edit_deeds_edit on pre_bill_edit_deeds (tenant_id, edit_id, recorded_at);
select protect('pre_bill_edit_deeds', 'select, insert');

-- A claim that somebody let leave although an edit holds it.
create table pre_bill_edit_passes (
  tenant_id uuid not null,
  id uuid not null,
  edit_id uuid not null,
  claim_id uuid not null,
  reason text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, edit_id, claim_id),
  foreign key (tenant_id, edit_id) references pre_bill_edits (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id),
  foreign key (tenant_id, recorded_by) references staff (tenant_id, id)
);
select protect('pre_bill_edit_passes', 'select, insert');
