-- Reads the reserved record of a probe and deletes it, in the transaction that has written it.
DELETE FROM idempotency_records WHERE scope = 'probe' AND key = CAST(:owner AS uuid)::text RETURNING owner
