-- Those records with the given scopes and keys that have not expired.
SELECT held.*, clock_timestamp() AS read_at
FROM unnest(:scopes, :keys) AS sought (scope, key)
JOIN idempotency_records AS held ON held.scope = sought.scope AND held.key = sought.key
WHERE held.expires_at > clock_timestamp()
