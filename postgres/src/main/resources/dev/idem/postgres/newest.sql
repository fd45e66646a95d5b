-- The most recently claimed records of a scope. Sorts names and times only, by the primary key's part for the scope, and reads
-- heads for the few that remain. :routes is null for all routes.
WHERE (scope, key) IN (SELECT scope, key
                       FROM idempotency_records
                       WHERE scope = :scope
                         AND expires_at > clock_timestamp()
                         AND (:routes::text[] IS NULL OR route = ANY (:routes))
                       ORDER BY claimed_at DESC, key
                       LIMIT :limit)
ORDER BY claimed_at DESC, key
