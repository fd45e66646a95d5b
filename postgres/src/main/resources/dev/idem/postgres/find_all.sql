-- Those records with the given scopes and keys that have not expired, in the order of the arrays. It ends where the answers
-- exceed :bytes, but has at least one record.
SELECT *, clock_timestamp() AS read_at
FROM (SELECT held.*, sought.place,
             sum(coalesce(octet_length(held.answer), 0)) OVER (ORDER BY sought.place) AS bytes_so_far
      FROM unnest(:scopes, :keys) WITH ORDINALITY AS sought (scope, key, place)
      JOIN idempotency_records AS held ON held.scope = sought.scope AND held.key = sought.key
      WHERE held.expires_at > clock_timestamp()) AS page
WHERE bytes_so_far <= :bytes OR bytes_so_far = octet_length(answer)
ORDER BY place
