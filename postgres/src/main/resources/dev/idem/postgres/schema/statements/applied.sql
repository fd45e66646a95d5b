-- The changes that Liquibase has applied to this database, in this order.
SELECT id, filename, dateexecuted
FROM databasechangelog
ORDER BY orderexecuted
