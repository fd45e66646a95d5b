-- Reads the reserved record of a probe and deletes it, in the transaction that has written it. Returns when it was written, too.
DELETE FROM idempotency_records WHERE scope = 'probe' AND key = CAST(:owner AS uuid)::text RETURNING owner, claimed_at
