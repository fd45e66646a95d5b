-- Records that expired so long ago that somebody should have deleted them, by the index on expires_at.
SELECT count(*) FROM idempotency_records WHERE expires_at < statement_timestamp() - interval '1 hour'
