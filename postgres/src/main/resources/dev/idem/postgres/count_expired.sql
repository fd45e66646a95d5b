-- Counts the expired records that are not deleted yet, by the index on expires_at.
SELECT count(*) FROM idempotency_records WHERE expires_at <= statement_timestamp()
