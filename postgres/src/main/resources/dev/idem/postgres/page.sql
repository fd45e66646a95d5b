-- One page of whole records in the order of the primary key, after the given position. It ends where the answers exceed :bytes,
-- but has at least one record. Sizes are summed up before an answer is read.
SELECT *, clock_timestamp() AS read_at
FROM (SELECT *, sum(coalesce(octet_length(answer), 0)) OVER (ORDER BY scope, key) AS bytes_so_far
      FROM (SELECT *
            FROM idempotency_records
            WHERE (scope, key) > (:afterScope, :afterKey) AND expires_at > clock_timestamp()
            ORDER BY scope, key
            LIMIT :limit) AS candidate) AS page
WHERE bytes_so_far <= :bytes OR bytes_so_far = octet_length(answer)
ORDER BY scope, key
