-- The records of a key in all scopes.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE key = :key AND expires_at > clock_timestamp()
ORDER BY scope
LIMIT :limit
