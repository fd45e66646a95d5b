-- How many partitions of the audit trail there are for today and tomorrow.
SELECT count(*)
FROM (VALUES (0), (1)) AS day (ahead)
WHERE to_regclass('idempotency_events_' || to_char((now() AT TIME ZONE 'UTC')::date + ahead, 'YYYYMMDD')) IS NOT NULL
