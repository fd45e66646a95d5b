-- As page.sql, of the records that PostgreSQL decided in a failover interval. It includes freed and expired records.
SELECT *, clock_timestamp() AS read_at
FROM (SELECT *, sum(coalesce(octet_length(answer), 0)) OVER (ORDER BY scope, key) AS bytes_so_far
      FROM (SELECT *
            FROM idempotency_records
            WHERE refill_pass = :interval AND (scope, key) > (:afterScope, :afterKey)
            ORDER BY scope, key
            LIMIT :limit) AS candidate) AS page
WHERE bytes_so_far <= :bytes OR bytes_so_far = octet_length(answer)
ORDER BY scope, key
