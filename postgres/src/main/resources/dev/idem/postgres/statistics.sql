-- Counts the records of some pages of the table, or with <sample> of a random part of all. An expired record counts as expired
-- only. A row's time may be infinite or extreme: it is compared, and nothing is added to or subtracted from it.
WITH clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now
)
SELECT count(*) FILTER (WHERE live AND state = 'processing') AS processing,
       count(*) FILTER (WHERE live AND state = 'completed') AS completed,
       count(*) FILTER (WHERE live AND window_ms IS NULL) AS with_key,
       count(*) FILTER (WHERE live AND window_ms IS NOT NULL) AS without_key,
       count(*) FILTER (WHERE live AND claimed_at > now - interval '1 minute') AS under_a_minute,
       count(*) FILTER (WHERE live AND claimed_at <= now - interval '1 minute' AND claimed_at > now - interval '1 hour') AS under_an_hour,
       count(*) FILTER (WHERE live AND claimed_at <= now - interval '1 hour' AND claimed_at > now - interval '24 hours') AS under_a_day,
       count(*) FILTER (WHERE live AND claimed_at <= now - interval '24 hours') AS older,
       count(*) FILTER (WHERE live AND state = 'processing' 
                              AND heartbeat_at < now - greatest(0, least(lock_timeout_ms, 100000000000000)) * interval '1 ms') AS stale,
       count(*) FILTER (WHERE NOT live) AS expired
FROM (SELECT state, window_ms, lock_timeout_ms, expires_at > now AS live, claimed_at, heartbeat_at, now
      FROM idempotency_records <sample>, clock
      WHERE ctid >= :from::tid AND ctid < :to::tid) AS record
