-- Deletes one small batch of the tombstones that have outlived every copy. Skips locked rows until the next sweep.
DELETE FROM idempotency_tombstones
WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_tombstones
    WHERE expires_at <= statement_timestamp()
    ORDER BY expires_at
    LIMIT :batch
    FOR UPDATE SKIP LOCKED))
