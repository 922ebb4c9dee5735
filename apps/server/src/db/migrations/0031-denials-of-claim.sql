-- Which denials of a claim are open is asked with every list of claims.
create index denials_claim on denials (tenant_id, claim_id);
