-- When an open month was last looked over: what the audit trail told since then says whose month to judge anew.
create table month_looks (
  tenant_id uuid not null,
  clinic_id uuid not null,
  month text not null,
  -- An id of the trail's kind, made before the look began; ids are in the order of time.
  audit_mark uuid not null,
  -- What the verdicts of the look depend on besides the records.
  book text not null,
  is_over boolean not null,
  looked_at timestamptz not null,
  primary key (tenant_id, clinic_id, month),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
select protect('month_looks', 'select, insert, update');
