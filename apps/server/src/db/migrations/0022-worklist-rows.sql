-- Where each patient of a clinic stands in the worklist, so that a page is read from an index and not judged anew. A deed
-- about a patient raises `changes` in its own transaction; who looks next judges those anew whose `judged` is behind.
-- `sort_key` is the order of the list, `views` has one bit for each saved view, `facts` is what the row rests on and
-- shows. `changes_at` is the clinic's clock time at which the row stands elsewhere although nobody did anything. There is
-- one for the patient's clinic, and one for each that enrolled the patient.
create table worklist_rows (
  tenant_id uuid not null,
  clinic_id uuid not null,
  patient_id uuid not null,
  changes integer not null default 0,
  judged integer not null default 0,
  listed boolean not null default false,
  owner_id uuid,
  need integer,
  sort_key text collate "C",
  views integer not null default 0,
  reached boolean not null default false,
  callable boolean not null default false,
  changes_at text,
  facts jsonb,
  -- The patient first: an index that leads with the clinic would be taken for a page as well where the store has no
  -- statistics, as the embedded one has none, and the whole clinic read and sorted.
  primary key (tenant_id, patient_id, clinic_id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id)
) with (fillfactor = 80);
create index worklist_rows_order on worklist_rows (tenant_id, clinic_id, sort_key) where listed;
create index worklist_rows_owner on worklist_rows (tenant_id, clinic_id, owner_id, sort_key) where listed;
create index worklist_rows_behind on worklist_rows (tenant_id, clinic_id) where changes <> judged;
create index worklist_rows_clock on worklist_rows (tenant_id, clinic_id, changes_at) where changes_at is not null;
select protect('worklist_rows', 'select, insert, update');

-- What a clinic's rows as a whole rest on (day, zone, rule book, last import), when they were last brought up to date, and
-- how many patients each care manager has in each view. Its lock lets one look at a time bring the rows up to date.
create table worklist_clinics (
  tenant_id uuid not null,
  clinic_id uuid not null,
  basis text not null,
  counts jsonb not null,
  judged_at timestamptz not null,
  primary key (tenant_id, clinic_id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
select protect('worklist_clinics', 'select, insert, update');

-- The list of eligible patients is counted, ordered and shown from the assessments alone: what the clinic did and heard so
-- far stands in them too. `seen` is the state of the patient's `changes` from which the row was made; a deed since then
-- makes it anew. `place` is the list's order by mark, risk and name. What was kept before has none of this.
truncate patient_assessments;
alter table patient_assessments
  drop column told,
  add column seen integer not null,
  add column chip jsonb not null,
  add column mark jsonb,
  add column place text collate "C" not null;
create index patient_assessments_place on patient_assessments (tenant_id, clinic_id, basis, place) where proposed;
