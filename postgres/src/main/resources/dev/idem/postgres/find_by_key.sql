-- The records of a key in all scopes.
WHERE key = :key AND expires_at > clock_timestamp()
ORDER BY scope
LIMIT :limit
