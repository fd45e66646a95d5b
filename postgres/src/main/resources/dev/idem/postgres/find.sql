-- One record with the time of reading. An expired record counts as absent even before it is swept.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE scope = :scope AND key = :key AND expires_at > clock_timestamp()
