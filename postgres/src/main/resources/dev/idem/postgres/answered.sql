-- Those of the given records that have the answer of the given owner. An unknown outcome is not an answer: it is replaced by the
-- answer that resolves it, under the same owner. Only answers as short as that are read. The lookup is a scalar subquery for the
-- reason in merge.sql.
SELECT sought.scope, sought.key
FROM unnest(:scopes, :keys, :owners) AS sought (scope, key, owner)
WHERE sought.owner = (
    SELECT held.owner FROM idempotency_records AS held
    WHERE held.scope = sought.scope AND held.key = sought.key AND held.state = 'completed'
      AND (octet_length(held.answer) <> octet_length(:unknown) OR held.answer <> :unknown))
