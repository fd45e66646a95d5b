-- What the user that asks may not do and a service has to.
SELECT privilege || ' on ' || relation
FROM (VALUES ('idempotency_records', 'SELECT'),
             ('idempotency_records', 'INSERT'),
             ('idempotency_records', 'UPDATE'),
             ('idempotency_records', 'DELETE'),
             ('idempotency_trust', 'SELECT'),
             ('idempotency_trust', 'UPDATE'),
             ('idempotency_tombstones', 'SELECT'),
             ('idempotency_tombstones', 'INSERT'),
             ('idempotency_tombstones', 'UPDATE'),
             ('idempotency_tombstones', 'DELETE'),
             ('idempotency_installation', 'SELECT'),
             ('idempotency_deletions', 'SELECT'),
             ('idempotency_deletions', 'UPDATE'),
             ('idempotency_events', 'INSERT')) AS needed (relation, privilege)
WHERE NOT has_table_privilege(current_user, relation, privilege)
