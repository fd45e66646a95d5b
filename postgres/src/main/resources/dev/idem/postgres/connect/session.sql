-- What one needs to know of a session. The process that serves it: a pooler has told the client another one. And the schema of
-- the tables, if search_path does not lead to them and only one schema has them.
SELECT pg_backend_pid() AS process,
       CASE WHEN to_regclass('idempotency_records') IS NULL THEN (
           SELECT min(quote_ident(nspname))
           FROM pg_catalog.pg_class AS tables
           JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = relnamespace
           WHERE relname = 'idempotency_records' AND relkind = 'r'
           HAVING count(*) = 1
       ) END AS place
