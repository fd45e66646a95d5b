-- What one needs to know of a session. The process that serves it: a pooler has told the client another one. And the schema of
-- the tables: the one to which search_path leads, or the only one that has them.
SELECT pg_backend_pid() AS process,
       to_regclass('idempotency_records') IS NOT NULL AS found,
       COALESCE(
           (SELECT quote_ident(nspname)
            FROM pg_catalog.pg_class AS tables
            JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = relnamespace
            WHERE tables.oid = to_regclass('idempotency_records')),
           (SELECT min(quote_ident(nspname))
            FROM pg_catalog.pg_class AS tables
            JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = relnamespace
            WHERE relname = 'idempotency_records' AND relkind = 'r'
            HAVING count(*) = 1)) AS place
