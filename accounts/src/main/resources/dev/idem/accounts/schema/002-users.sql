--liquibase formatted sql logicalFilePath:dev/idem/core/schema/002-users.sql

--changeset idem:002-users
--comment: who may log in
CREATE TABLE users (
    id            uuid        PRIMARY KEY,
    email         text        NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('user', 'admin')),
    enabled       boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE users IS 'Who may log in';
COMMENT ON COLUMN users.password_hash IS 'Argon2id, in the PHC string format, with its salt and parameters';
COMMENT ON COLUMN users.enabled IS 'A disabled user stays, with what is theirs, but cannot log in';
--rollback DROP TABLE users;
