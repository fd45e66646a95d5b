-- The size of the table: its pages, all bytes with indexes and large values, and the rows a page at the last ANALYZE (null if
-- there was none).
SELECT pg_relation_size(oid) / current_setting('block_size')::bigint AS pages,
       pg_total_relation_size(oid) AS bytes,
       CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples::float8 / relpages END AS rows_a_page
FROM pg_class
WHERE oid = 'idempotency_records'::regclass
