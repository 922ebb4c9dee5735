-- What was judged of a patient's month is kept as one packed record (months/month-record.ts): the deflated JSON of its
-- evidence, facts and verdict. No query looks inside, and unpacked it was most of the work of a close.
alter table month_verdicts add column record bytea;
alter table closed_months add column record bytea;
-- Whether the patient was a qualified Medicare beneficiary in the month; null where nobody knew.
alter table closed_months add column qmb boolean;

-- Open months are judged anew when somebody looks.
alter table month_verdicts no force row level security;
delete from month_verdicts;
alter table month_verdicts force row level security;

-- Frozen months are carried over: deflated JSON may also consist of stored blocks, each of at most 65,535 bytes.
create function pg_temp.stored_blocks(content bytea) returns bytea language plpgsql as $$
declare
  packed bytea := '';
  part bytea;
  size integer;
begin
  for start in 1 .. length(content) by 65535 loop
    part := substring(content from start for 65535);
    size := length(part);
    packed := packed || case when start + 65535 > length(content) then '\x01'::bytea else '\x00'::bytea end
      || decode(lpad(to_hex(size & 255), 2, '0') || lpad(to_hex(size >> 8), 2, '0')
        || lpad(to_hex(255 - (size & 255)), 2, '0') || lpad(to_hex(255 - (size >> 8)), 2, '0'), 'hex')
      || part;
  end loop;
  return packed;
end $$;
alter table closed_months no force row level security;
alter table claims no force row level security;
update closed_months set
  record = pg_temp.stored_blocks(convert_to(jsonb_build_object('facts', facts, 'evidence', evidence, 'verdict', verdict)::text, 'UTF8')),
  qmb = (facts ->> 'qmb')::boolean;
-- The hash is of the bytes that are kept, in the month and in the claims that were made of it.
update claims c set snapshot_sha256 = encode(sha256(convert_to(jsonb_build_object('facts', m.facts, 'evidence', m.evidence, 'verdict', m.verdict)::text, 'UTF8')), 'hex')
from closed_months m
where m.tenant_id = c.tenant_id and m.patient_id = c.patient_id and m.month = c.month and m.snapshot_sha256 = c.snapshot_sha256;
update closed_months set snapshot_sha256 = encode(sha256(convert_to(jsonb_build_object('facts', facts, 'evidence', evidence, 'verdict', verdict)::text, 'UTF8')), 'hex');
alter table closed_months force row level security;
alter table claims force row level security;

alter table month_verdicts alter column record set not null, alter column record set storage external,
  drop column facts, drop column evidence, drop column verdict, drop column snapshot_sha256;
alter table closed_months alter column record set not null, alter column record set storage external,
  drop column facts, drop column evidence, drop column verdict;
