-- Those records with the given scopes and keys that have not expired.
JOIN unnest(:scopes, :keys) AS sought (sought_scope, sought_key) ON scope = sought_scope AND key = sought_key
WHERE expires_at > clock_timestamp()
