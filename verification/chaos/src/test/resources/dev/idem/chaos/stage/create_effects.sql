-- The effects of the atomic workload. Deliberately without any constraint on the key.
CREATE TABLE chaos_effects (
    key     uuid        NOT NULL,
    id      uuid        NOT NULL,
    node    integer     NOT NULL,
    fencing bigint      NOT NULL,
    attempt integer     NOT NULL,
    entered timestamptz NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
)
