-- Looks at one small batch of expired records, in the order of their expiry, and deletes what may be deleted. The next batch
-- begins behind the last row of this one, whether that was deleted or not. So a sweep visits no row twice, and skips the
-- index entries of rows that it has deleted and an old snapshot keeps. ctid decides between rows that expired together; each
-- batch sorts these anew, so there should be few.
--
-- Skips locked rows until the next sweep. Keeps rows for a day if a failback may have to copy them to Redis.
-- statement_timestamp(), since PostgreSQL uses no index for a comparison with clock_timestamp().
WITH seen AS MATERIALIZED (
    SELECT ctid AS place, expires_at
    FROM idempotency_records
    WHERE expires_at <= statement_timestamp()
      AND (expires_at, ctid) > (:afterExpiry, :afterPlace::tid)
    ORDER BY expires_at, ctid
    LIMIT :batch
), deleted AS (
    DELETE FROM idempotency_records
    WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_records
        WHERE ctid = ANY (ARRAY(SELECT place FROM seen))
          AND expires_at <= statement_timestamp()
          AND (refill_pass IS NULL
               OR refill_pass <= (SELECT settled_pass FROM idempotency_trust)
               OR expires_at <= statement_timestamp() - interval '1 day')
        FOR UPDATE SKIP LOCKED))
    RETURNING 1
)
SELECT (SELECT count(*) FROM seen) AS seen, (SELECT count(*) FROM deleted) AS deleted,
       last.expires_at, last.place::text AS place
FROM (SELECT expires_at, place FROM seen ORDER BY expires_at DESC, place DESC LIMIT 1) AS last
