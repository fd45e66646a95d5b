-- Everything that is counted, in one walk over the table. Ages are grouped by the limits given, in seconds: group 0 is
-- younger than the first one.
WITH record AS (
    SELECT state, answer, window_ms, expires_at > now.at AS living,
           state = 'processing' AND heartbeat_at + lock_timeout_ms * interval '1 ms' < now.at AS stale,
           width_bucket(extract(epoch FROM now.at - claimed_at)::float8, :ageLimits) AS age
    FROM idempotency_records, (SELECT clock_timestamp() AS at) AS now
),
aged AS (
    SELECT age_group.age, count(record.age) AS records
    FROM generate_series(0, cardinality(:ageLimits)) AS age_group (age)
    LEFT JOIN record ON record.age = age_group.age AND record.living
    GROUP BY age_group.age
)
SELECT count(*) FILTER (WHERE living AND state = 'processing')   AS processing,
       count(*) FILTER (WHERE living AND stale)                  AS stale,
       count(*) FILTER (WHERE living AND state = 'completed')    AS completed,
       count(*) FILTER (WHERE living AND answer = :unknown)      AS outcome_unknown,
       count(*) FILTER (WHERE living AND window_ms IS NULL)      AS keyed,
       count(*) FILTER (WHERE living AND window_ms IS NOT NULL)  AS fingerprinted,
       count(*) FILTER (WHERE NOT living)                        AS expired,
       (SELECT array_agg(records ORDER BY age) FROM aged)        AS ages,
       pg_total_relation_size('idempotency_records')             AS bytes
FROM record
