-- Writes many events in one statement. It receives their ages instead of their node's times, so only PostgreSQL's clock counts.
INSERT INTO idempotency_events (at, type, scope, key, route, layer, node, fencing, actor, reason, detail)
SELECT clock_timestamp() - age * interval '1 microsecond', type, scope, key, route, layer, node, fencing, actor, reason, detail
FROM unnest(:ages, :types, :scopes, :keys, :routes, :layers, :nodes, :fencings, :actors, :reasons, :details)
    AS event (age, type, scope, key, route, layer, node, fencing, actor, reason, detail)
