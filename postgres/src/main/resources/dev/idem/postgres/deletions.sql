-- How often operators have deleted a record.
SELECT count FROM idempotency_deletions
