-- Whom the rules propose, as last assessed: a clinic's list reads this instead of judging every chart anew for each look.
-- `basis` names what the chart's side rests on (day, zone, rule book, state of the charts), `told` is the hash of what is known of
-- Medicare and of other practices; a row is good while both are as they were. `candidates` is how many were assessed
-- together, so that a part of them is never taken for all.
create table patient_assessments (
  tenant_id uuid not null,
  patient_id uuid not null,
  clinic_id uuid not null,
  basis text not null,
  candidates integer not null,
  told text not null,
  proposed boolean not null,
  status text not null,
  coverage text not null,
  groups jsonb not null,
  level text not null,
  score integer not null,
  -- Null where the patient is not proposed.
  shown jsonb,
  primary key (tenant_id, patient_id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
create index patient_assessments_clinic on patient_assessments (tenant_id, clinic_id, basis, patient_id);
select protect('patient_assessments', 'select, insert, update');
