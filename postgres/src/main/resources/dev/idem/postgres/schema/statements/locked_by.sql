-- The holder of Liquibase's own lock, which Dropwizard's db commands take.
SELECT lockedby, lockgranted
FROM databasechangeloglock
WHERE locked
