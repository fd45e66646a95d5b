-- Deletes the tombstones that have outlived every copy.
DELETE FROM idempotency_tombstones WHERE expires_at <= statement_timestamp()
