--liquibase formatted sql

--changeset idem:003-shares
--comment: what users have shared
CREATE TABLE shares (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users (id),
    url        text        NOT NULL,
    platform   text        NOT NULL,
    status     text        NOT NULL DEFAULT 'pending',
    created_at timestamptz NOT NULL DEFAULT now()
);
-- the order in which a user's shares are paged through
CREATE INDEX shares_of_user ON shares (user_id, created_at DESC, id DESC);
COMMENT ON TABLE shares IS 'What users have shared';
--rollback DROP TABLE shares;
