-- How many are not delivered yet; counted as far as the limit, so that a backlog costs no more.
SELECT count(*) FROM (SELECT FROM share_events WHERE delivered_at IS NULL LIMIT :most) AS pending
