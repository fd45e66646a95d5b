-- Records that are over and still take room.
SELECT count(*) FROM idempotency_records WHERE expires_at <= clock_timestamp()
