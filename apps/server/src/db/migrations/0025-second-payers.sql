-- A claim of a month may go to a second payer: Medicare behind another insurer, or a supplement behind Medicare. A
-- supplement's bill names the claim that was decided before it; nothing else does.
alter table claims add column payer_sequence text not null default 'P' check (payer_sequence in ('P', 'S'));
alter table claims add column follows_claim_id uuid;
-- To whom a bill goes that follows another; null for the clinic's own payer (policy claim.parties).
alter table claims add column payer jsonb;
-- What the payer before this one decided.
alter table claims add column other_payer jsonb;
alter table claims add constraint claims_follows foreign key (tenant_id, follows_claim_id) references claims (tenant_id, id);
alter table claims add constraint claims_second check ((payer_sequence = 'S') = (other_payer is not null));
alter table claims add constraint claims_payer check ((follows_claim_id is null) = (payer is null) and (follows_claim_id is null or payer_sequence = 'S'));
alter table claim_lines add column follows_claim_id uuid;

-- A month is billed once, whichever place its payer has, and followed once.
drop index claims_one_live;
create unique index claims_one_live on claims (tenant_id, patient_id, month, (follows_claim_id is null)) where live;
drop index claim_lines_one_live;
create unique index claim_lines_one_live on claim_lines (tenant_id, patient_id, month, code, (follows_claim_id is null)) where live;
create index claims_follows on claims (tenant_id, follows_claim_id) where follows_claim_id is not null;

-- other_payer: what other payers have taken on of a charge, against what the payer of the claim owes, until it decides.
-- moved_share: the patient's share of a claim that a supplement is asked for; it leaves one claim and comes to the other.
alter table postings drop constraint postings_account_check;
alter table postings add constraint postings_account_check check (account in ('receivable_payer', 'receivable_patient', 'revenue', 'cash', 'contractual', 'sequestration', 'denied', 'other_adjustment', 'provider_adjustment', 'unapplied', 'other_payer', 'moved_share'));

-- What a claim to the insurer says beside the card: its identifier, the kind of its plan (SBR09), the policy or group, and
-- whose insurance it is where it is not the patient's own.
alter table coverages add column payer_id text;
alter table coverages add column filing_code text;
alter table coverages add column group_number text;
alter table coverages add column insured jsonb;
