create table clinics (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  time_zone text not null,
  phone text not null,
  after_hours_phone text,
  npi text,
  tax_id text,
  taxonomy text,
  address jsonb not null,
  locality text,
  place_of_service text not null default '11',
  access_24x7_attested_on date,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select protect('clinics', 'select, insert, update');

-- A clinic's own choices within the law, by day from which they hold; the newest row in force wins.
create table clinic_policies (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  key text not null,
  value jsonb not null,
  from_on date not null,
  reason text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
create index clinic_policies_key on clinic_policies (tenant_id, clinic_id, key, from_on);
select protect('clinic_policies', 'select, insert');

-- A person who works for the clinic. The id is also auth.users.id for those who can sign in.
create table staff (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  title text not null,
  roles text[] not null,
  npi text,
  qualifying_apm boolean not null default false,
  weekly_minutes integer not null default 0,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select protect('staff', 'select, insert, update');

create table staff_credentials (
  tenant_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  credential text not null,
  valid_from date not null,
  valid_to date,
  supervised_by uuid,
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_credentials_staff on staff_credentials (tenant_id, staff_id);
select protect('staff_credentials', 'select, insert, update');

create table staff_clinics (
  tenant_id uuid not null,
  staff_id uuid not null,
  clinic_id uuid not null,
  primary key (tenant_id, staff_id, clinic_id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id)
);
select protect('staff_clinics', 'select, insert, delete');

-- The instant at which the demo's clock stood when it was last written; only the demo clinic has a row.
create table demo_clock (
  tenant_id uuid not null,
  stood_at timestamptz not null,
  primary key (tenant_id)
);
select protect('demo_clock', 'select, insert, update');
