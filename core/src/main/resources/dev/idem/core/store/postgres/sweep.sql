-- Deletes one small batch of expired records. Rows that someone works on are left for the next time.
DELETE FROM idempotency_records
WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_records
    WHERE expires_at <= clock_timestamp()
    ORDER BY expires_at
    LIMIT :batch
    FOR UPDATE SKIP LOCKED))
