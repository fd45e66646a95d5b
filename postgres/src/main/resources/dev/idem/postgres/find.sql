-- One record with the time of reading; an expired one counts as absent, swept or not.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE scope = :scope AND key = :key AND expires_at > clock_timestamp()
