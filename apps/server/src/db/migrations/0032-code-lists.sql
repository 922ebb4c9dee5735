-- A list of codes as a file brought it: it never changes, and one of a later day stands beside it.
create table code_list_editions (
  tenant_id uuid not null,
  id uuid not null,
  list text not null check (list in ('carc', 'rarc', 'icd10cm', 'fees')),
  holds_from date not null,
  -- The end of the year of which it speaks; null where it holds until another one does.
  holds_until date,
  source text not null,
  file_name text not null,
  file_sha256 text not null,
  lines integer not null,
  brought_by uuid not null,
  brought_at timestamptz not null,
  primary key (tenant_id, id),
  check (holds_until >= holds_from),
  foreign key (tenant_id, brought_by) references staff (tenant_id, id)
);
create index code_list_editions_list on code_list_editions (tenant_id, list, holds_from desc);
select protect('code_list_editions', 'select, insert');

create table code_list_lines (
  tenant_id uuid not null,
  edition_id uuid not null,
  -- Without a point.
  code text not null,
  -- Of a fee: contractor and locality; otherwise empty.
  area text not null,
  wording text not null,
  from_on date,
  to_on date,
  billable boolean,
  non_facility_cents integer,
  facility_cents integer,
  primary key (tenant_id, edition_id, code, area),
  foreign key (tenant_id, edition_id) references code_list_editions (tenant_id, id)
);
select protect('code_list_lines', 'select, insert');

-- Taken in: it holds from its day. Taken back: it never counts any more, and the one before it holds again.
create table code_list_deeds (
  tenant_id uuid not null,
  id uuid not null,
  edition_id uuid not null,
  kind text not null check (kind in ('taken_in', 'taken_back')),
  reason text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, edition_id, kind),
  check ((kind = 'taken_back') = (reason is not null)),
  foreign key (tenant_id, edition_id) references code_list_editions (tenant_id, id),
  foreign key (tenant_id, recorded_by) references staff (tenant_id, id)
);
select protect('code_list_deeds', 'select, insert');
