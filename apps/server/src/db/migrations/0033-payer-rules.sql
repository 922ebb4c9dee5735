-- What a clinic supposes of a payer, and what that would have done to its claims of the last year. Append-only.
create table payer_trials (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  payer_id text not null,
  terms jsonb not null,
  -- Null for what was carried over from the settings.
  result jsonb,
  tried_by uuid,
  tried_at timestamptz not null,
  primary key (tenant_id, id),
  check (result is null or tried_by is not null),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, tried_by) references staff (tenant_id, id)
);
select protect('payer_trials', 'select, insert');

-- What is known of a payer from a day on: always the terms of a trial. Append-only; another rule takes its place.
create table payer_rules (
  tenant_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  from_on date not null,
  source text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, trial_id) references payer_trials (tenant_id, id),
  foreign key (tenant_id, set_by) references staff (tenant_id, id)
);
create index payer_rules_trial on payer_rules (tenant_id, trial_id);
select protect('payer_rules', 'select, insert');

-- An authorization that a payer gave before, for these codes of a patient.
create table payer_authorizations (
  tenant_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  patient_id uuid not null,
  payer_id text not null,
  codes text[] not null check (cardinality(codes) > 0),
  number text not null,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  noted_by uuid not null,
  noted_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, clinic_id) references clinics (tenant_id, id),
  foreign key (tenant_id, patient_id) references patients (tenant_id, id),
  foreign key (tenant_id, noted_by) references staff (tenant_id, id)
);
create index payer_authorizations_patient on payer_authorizations (tenant_id, patient_id, payer_id);
select protect('payer_authorizations', 'select, insert');

-- Whether the clinic's own payer takes replacement claims was a setting; what clinics entered stays, with its day and reason.
alter table clinic_policies no force row level security;
alter table staff no force row level security;
alter table payer_trials no force row level security;
alter table payer_rules no force row level security;
insert into payer_trials (tenant_id, id, clinic_id, payer_id, terms, tried_by, tried_at)
select q.tenant_id, q.id, q.clinic_id, p.payer_id,
  jsonb_build_object('pays', null, 'share', null, 'authorizationFor', null, 'filingDays', null, 'acceptsReplacement', q.value), s.id, q.set_at
from clinic_policies q
join lateral (select n.value ->> 'payerId' as payer_id from clinic_policies n where n.tenant_id = q.tenant_id and n.clinic_id = q.clinic_id
  and n.key = 'claim.parties' order by n.from_on desc, n.set_at desc, n.id desc limit 1) p on p.payer_id is not null
left join staff s on s.tenant_id = q.tenant_id and s.id = q.set_by
where q.key = 'claim.accepts_replacement';
insert into payer_rules (tenant_id, id, trial_id, from_on, source, set_by, set_at)
select q.tenant_id, q.id, q.id, q.from_on, q.reason, t.tried_by, q.set_at
from clinic_policies q join payer_trials t on t.tenant_id = q.tenant_id and t.id = q.id;
alter table clinic_policies force row level security;
alter table staff force row level security;
alter table payer_trials force row level security;
alter table payer_rules force row level security;
