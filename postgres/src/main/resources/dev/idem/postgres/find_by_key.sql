-- A key's records in every scope.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE key = :key AND expires_at > clock_timestamp()
ORDER BY scope
LIMIT :limit
