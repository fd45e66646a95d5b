-- Records that expired so long ago that somebody should have deleted them.
SELECT count(*) FROM idempotency_records WHERE expires_at < clock_timestamp() - interval '1 hour'
