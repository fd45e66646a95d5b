-- 1 if somebody has changed what the migration inserted into a table of one row. Nodes write such rows by themselves; those that
-- operators change have a version. (:most is for rows.sql.)
SELECT least(count(*), :most)
FROM <table> AS kept
WHERE (to_jsonb(kept) ->> 'version')::bigint > 0
