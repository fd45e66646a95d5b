-- Liquibase's record of what was done to this database.
SELECT id, filename, dateexecuted
FROM databasechangelog
