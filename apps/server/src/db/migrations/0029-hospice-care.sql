-- Under a hospice election a person says how the month's care stands to it; the claim's lines say so by GV or GW.
alter table month_choices add column hospice_care text check (hospice_care in ('attending', 'unrelated', 'related'));
alter table claim_lines add column modifiers text[] not null default '{}';
