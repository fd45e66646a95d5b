--liquibase formatted sql logicalFilePath:dev/idem/core/schema/003-shares.sql

--changeset idem:003-shares
--comment: what users have shared
CREATE TABLE shares (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users,
    url        text        NOT NULL,
    platform   text        NOT NULL,
    status     text        NOT NULL DEFAULT 'pending',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX shares_newest_first ON shares (user_id, created_at DESC, id DESC);
COMMENT ON TABLE shares IS 'What users have shared';
COMMENT ON COLUMN shares.user_id IS 'Whose it is: nobody else sees it';
COMMENT ON COLUMN shares.platform IS 'Where the URL leads, such as youtube';
COMMENT ON INDEX shares_newest_first IS 'A user''s shares in pages: a page begins after the created_at and id of the one before';
--rollback DROP TABLE shares;
