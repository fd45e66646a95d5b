-- The changes that Liquibase has applied to this database.
SELECT id, filename, dateexecuted
FROM databasechangelog
