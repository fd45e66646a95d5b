-- Deletes one small batch of expired records. Skips locked rows until the next sweep. Keeps rows for a day if a failback may
-- have to copy them to Redis.
DELETE FROM idempotency_records
WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_records
    WHERE expires_at <= clock_timestamp()
      AND (refill_pass IS NULL
           OR refill_pass <= (SELECT settled_pass FROM idempotency_trust)
           OR expires_at <= clock_timestamp() - interval '1 day')
    ORDER BY expires_at
    LIMIT :batch
    FOR UPDATE SKIP LOCKED))
