-- Those of many records that there are; an expired one counts as absent, swept or not.
SELECT record.*, clock_timestamp() AS read_at
FROM unnest(:scopes, :keys) AS sought (scope, key)
JOIN idempotency_records AS record ON record.scope = sought.scope AND record.key = sought.key
WHERE record.expires_at > clock_timestamp()
