-- What an insurer that pays before Medicare decided of a patient's month, as somebody entered it from its notice. Append-only:
-- the newest row counts; one without a decision says that none does.
create table primary_decisions (
  tenant_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  month text not null,
  decision jsonb,
  reason text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  check (decision is not null or reason is not null),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, recorded_by) references staff (tenant_id, id)
);
create index primary_decisions_month on primary_decisions (tenant_id, patient_id, month, recorded_at);
select protect('primary_decisions', 'select, insert');

-- The decision behind which a month was frozen as billed to Medicare second; null where Medicare pays first.
alter table closed_months add column primary_decision_id uuid;
alter table closed_months add constraint closed_months_primary_decision foreign key (tenant_id, primary_decision_id) references primary_decisions (tenant_id, id);
