-- A person may choose that a month is billed as another program; who chose, when and why stands with it.
alter table month_choices add column program text check (program in ('pcm', 'apcm', 'rhc_bundle'));
