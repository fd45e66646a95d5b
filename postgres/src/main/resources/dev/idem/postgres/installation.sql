-- What tells this database from any other. A copy in the same server has another oid. A copy in another server has
-- another system identifier, which the next statement reads if the role may.
SELECT installation.id, database.oid, database.datname AS name,
       coalesce(' on ' || host(inet_server_addr()) || ':' || inet_server_port(), '') AS place,
       has_function_privilege('pg_control_system()', 'EXECUTE') AS knows_server
FROM idempotency_installation AS installation, pg_database AS database
WHERE database.datname = current_database()
