-- Counts the expired records that are not deleted yet.
SELECT count(*) FROM idempotency_records WHERE expires_at <= clock_timestamp()
