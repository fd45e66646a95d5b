-- The rows of a table, :most at the most.
SELECT count(*)
FROM (SELECT FROM <table> LIMIT :most) AS kept
