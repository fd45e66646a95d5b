-- What the user that asks may not do, and the layer has to. An object that does not exist is the schema's business.
SELECT needed.privilege || ' on ' || needed.relation
FROM (VALUES ('databasechangelog', 'SELECT'),
             ('idempotency_records', 'SELECT'),
             ('idempotency_records', 'INSERT'),
             ('idempotency_records', 'UPDATE'),
             ('idempotency_records', 'DELETE'),
             ('idempotency_trust', 'SELECT'),
             ('idempotency_trust', 'UPDATE'),
             ('idempotency_deletions', 'SELECT'),
             ('idempotency_deletions', 'UPDATE'),
             ('idempotency_tombstones', 'SELECT'),
             ('idempotency_tombstones', 'INSERT'),
             ('idempotency_tombstones', 'UPDATE'),
             ('idempotency_tombstones', 'DELETE'),
             ('idempotency_installation', 'SELECT'),
             ('idempotency_rollout', 'SELECT'),
             ('idempotency_rollout', 'INSERT'),
             ('idempotency_rollout', 'UPDATE'),
             ('idempotency_events', 'SELECT'),
             ('idempotency_events', 'INSERT')) AS needed (relation, privilege)
WHERE to_regclass(needed.relation) IS NOT NULL
  AND NOT has_table_privilege(current_user, needed.relation, needed.privilege)
UNION ALL
SELECT 'USAGE on sequence idempotency_events_id'
WHERE to_regclass('idempotency_events_id') IS NOT NULL
  AND NOT has_sequence_privilege(current_user, 'idempotency_events_id', 'USAGE')
UNION ALL
SELECT 'EXECUTE on function ' || proname
FROM pg_proc
WHERE proname IN ('idempotency_pass', 'idempotency_events_keep')
  AND pg_function_is_visible(oid) AND NOT has_function_privilege(current_user, oid, 'EXECUTE')
