-- Many events in one statement. They carry their age rather than a time of their node's, so that all are on this clock.
INSERT INTO idempotency_events (at, type, scope, key, route, layer, node, fencing, actor, reason, detail)
SELECT clock_timestamp() - age * interval '1 microsecond', type, scope, key, route, layer, node, fencing, actor, reason, detail
FROM unnest(:ages, :types, :scopes, :keys, :routes, :layers, :nodes, :fencings, :actors, :reasons, :details)
    AS event (age, type, scope, key, route, layer, node, fencing, actor, reason, detail)
