-- The index that is built in this database, if one is. Which numbers grow depends on the phase (PostgreSQL manual, "Progress
-- Reporting"). Another role's builds have no phase here.
SELECT coalesce(index.relname, indexed.relname, 'an index') AS name,
       phase,
       CASE WHEN phase LIKE 'waiting%' THEN lockers_done WHEN phase LIKE '%tuples%' THEN tuples_done ELSE blocks_done END AS done,
       CASE WHEN phase LIKE 'waiting%' THEN lockers_total WHEN phase LIKE '%tuples%' THEN tuples_total ELSE blocks_total END AS total
FROM pg_stat_progress_create_index
LEFT JOIN pg_class AS index ON index.oid = index_relid
LEFT JOIN pg_class AS indexed ON indexed.oid = relid
WHERE datname = current_database() AND phase IS NOT NULL
