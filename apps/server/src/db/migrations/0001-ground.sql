-- Ground: the role that the application runs as, the tenant of a transaction, and how a table is protected.
-- Every tenant table leads with tenant_id, in its key and in each unique and foreign key, so that the same
-- schema runs on PGlite, PostgreSQL and Citus (docs/decisions/003-tx-rls-and-pglite.md).
create extension if not exists btree_gist;

create function app_tenant() returns uuid language sql stable
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Puts a table under forced row-level security and grants the application what it names. The restrictive
-- policy holds even if a later policy is too generous.
create function protect(target regclass, allowed text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant_only on %s as restrictive using (tenant_id = app_tenant()) with check (tenant_id = app_tenant())', target);
  execute format('create policy tenant_access on %s using (tenant_id = app_tenant()) with check (tenant_id = app_tenant())', target);
  execute format('grant %s on %s to keepwell_app', allowed, target);
end $$;

-- Sign-in happens before a tenant is known, so these tables carry no row-level security; they hold no PHI.
create schema auth;
create table auth.organizations (
  id uuid primary key,
  name text not null,
  demo boolean not null default false,
  created_at timestamptz not null
);
create table auth.users (
  id uuid primary key,
  tenant_id uuid not null references auth.organizations (id),
  email text not null,
  password_hash text,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  recovery_code_hashes text[] not null default '{}',
  failed_tries integer not null default 0,
  locked_until timestamptz,
  deactivated_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null
);
create unique index users_email on auth.users (lower(email));
create table auth.sessions (
  token_hash text primary key,
  user_id uuid not null references auth.users (id),
  tenant_id uuid not null,
  created_at timestamptz not null,
  active_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  second_factor boolean not null
);
create index sessions_user on auth.sessions (user_id);
create table auth.invitations (
  token_hash text primary key,
  user_id uuid not null references auth.users (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
grant usage on schema auth to keepwell_app;
grant select, insert, update on auth.organizations, auth.users, auth.sessions, auth.invitations to keepwell_app;
grant delete on auth.sessions to keepwell_app;

create table audit_events (
  tenant_id uuid not null,
  id uuid not null,
  happened_at timestamptz not null,
  deed text not null,
  endpoint text not null,
  actor_id uuid,
  actor_name text not null,
  actor_roles text[] not null,
  patient_id uuid,
  subject_id uuid,
  outcome text not null check (outcome in ('done', 'refused')),
  detail jsonb not null,
  source text,
  leaf_sha256 text not null,
  primary key (tenant_id, id)
);
create index audit_events_patient on audit_events (tenant_id, patient_id, happened_at);
create index audit_events_actor on audit_events (tenant_id, actor_id, happened_at);
select protect('audit_events', 'select, insert');

create table idempotency_keys (
  tenant_id uuid not null,
  key text not null,
  actor_id uuid not null,
  endpoint text not null,
  request_sha256 text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
select protect('idempotency_keys', 'select, insert, delete');

-- Counters that must never repeat: claim and interchange control numbers.
create table counters (
  tenant_id uuid not null,
  name text not null,
  last_value bigint not null,
  primary key (tenant_id, name)
);
select protect('counters', 'select, insert, update');
