-- As newest.sql, of those records that are among the :examined of any scope that expire last.
WHERE (scope, key) IN (SELECT scope, key
                       FROM (SELECT scope, key, route, claimed_at
                             FROM idempotency_records
                             WHERE expires_at > clock_timestamp()
                             ORDER BY expires_at DESC
                             LIMIT :examined) AS recent
                       WHERE scope = :scope
                         AND (:routes::text[] IS NULL OR route = ANY (:routes))
                       ORDER BY claimed_at DESC, key
                       LIMIT :limit)
ORDER BY claimed_at DESC, key
