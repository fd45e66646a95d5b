-- What a table of ours is for: "state" has one row, which its migration inserts, "data" has as many as people need. No row if
-- there is no such table.
SELECT CASE WHEN EXISTS (SELECT FROM pg_attribute
                         WHERE attrelid = to_regclass(:table) AND attname = 'only_row' AND NOT attisdropped)
            THEN 'state' ELSE 'data' END
WHERE to_regclass(:table) IS NOT NULL
