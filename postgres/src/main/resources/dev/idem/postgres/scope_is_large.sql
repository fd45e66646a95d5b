-- Whether a scope has more records than may be examined. Reads no more than one beyond that, of the primary key.
SELECT count(*) > :examined
FROM (SELECT FROM idempotency_records WHERE scope = :scope LIMIT :examined + 1) AS first_ones
