-- As routes.sql, of those records that are among the :examined of any scope that expire last.
SELECT DISTINCT route
FROM (SELECT scope, route
      FROM idempotency_records
      WHERE expires_at > clock_timestamp()
      ORDER BY expires_at DESC
      LIMIT :examined) AS recent
WHERE scope = :scope
