--liquibase formatted sql logicalFilePath:dev/idem/core/schema/005-share-events.sql

--changeset idem:005-share-events
--comment: what is still to be told of shares, written in the transaction that made them
CREATE TABLE share_events (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    share_id        uuid        NOT NULL REFERENCES shares,
    kind            text        NOT NULL CHECK (kind IN ('share.created')),
    derived_key     text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    delivered_at    timestamptz,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    last_error      text        CHECK (length(last_error) <= 500)
);
CREATE INDEX share_events_due ON share_events (next_attempt_at, id) WHERE delivered_at IS NULL;
CREATE INDEX share_events_delivered_at ON share_events (delivered_at) WHERE delivered_at IS NOT NULL;
COMMENT ON TABLE share_events IS 'What is told of shares to whoever works on them, at least once';
COMMENT ON COLUMN share_events.derived_key IS 'The same for each attempt of the request that made the share: what consumers tell repeats by';
COMMENT ON COLUMN share_events.attempts IS 'How often it was taken for delivery';
COMMENT ON COLUMN share_events.next_attempt_at IS 'Nobody takes it before: it is held by a node, or its consumer has failed';
--rollback DROP TABLE share_events;
