-- Times are seconds since 1970 (REAL). JSON is text. `user_version` is checked when the file is opened.
CREATE TABLE users (
    id          TEXT PRIMARY KEY,
    client      TEXT NOT NULL UNIQUE,            -- digest of the X-Client-Id
    available   INTEGER NOT NULL CHECK (available >= 0),
    frozen      INTEGER NOT NULL DEFAULT 0 CHECK (frozen >= 0),
    created_at  REAL NOT NULL
) STRICT;

CREATE TABLE tokens (
    digest      TEXT PRIMARY KEY,
    user_id     TEXT NOT NULL REFERENCES users (id),
    address     TEXT NOT NULL,
    created_at  REAL NOT NULL,
    expires_at  REAL NOT NULL
) STRICT;
CREATE INDEX tokens_by_address ON tokens (address, created_at);

CREATE TABLE claims (
    digest      TEXT PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    expires_at  REAL NOT NULL
) STRICT;

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    user_id     TEXT NOT NULL REFERENCES users (id),
    task_id     TEXT NOT NULL,
    task_name   TEXT NOT NULL,
    language    TEXT NOT NULL,
    project     TEXT,                            -- the agent's own memory: recipe and its past versions
    draft       TEXT,                            -- the film as the API shows it
    created_at  REAL NOT NULL
) STRICT;

CREATE TABLE assets (
    id          TEXT PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    position    INTEGER NOT NULL,                -- order of upload within the session
    filename    TEXT NOT NULL,                   -- for display only, never a path
    kind        TEXT NOT NULL CHECK (kind IN ('photo', 'video', 'audio')),
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    fps         REAL NOT NULL,
    taken_at    REAL,
    size        INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    created_at  REAL NOT NULL,
    measures    TEXT,                            -- JSON: what a photo looks like; NULL where nothing was measured
    UNIQUE (session_id, sha256),
    UNIQUE (session_id, position)
) STRICT;

CREATE TABLE runs (
    id          TEXT PRIMARY KEY,
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    message     TEXT NOT NULL,
    cost        INTEGER NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('accepted', 'done', 'failed')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    answer      TEXT,
    created_at  REAL NOT NULL,
    finished_at REAL
) STRICT;
CREATE UNIQUE INDEX one_run_at_a_time ON runs (session_id) WHERE status = 'accepted';

CREATE TABLE renders (
    number      INTEGER PRIMARY KEY,             -- the queue's order
    user_id     TEXT NOT NULL REFERENCES users (id),
    id          TEXT NOT NULL,                   -- chosen by the client
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    key         TEXT NOT NULL UNIQUE,            -- unguessable: names the film's file and its URL
    draft       TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    error       TEXT,
    notes       TEXT,
    duration_ms INTEGER,
    size        INTEGER,
    created_at  REAL NOT NULL,
    finished_at REAL,
    work        TEXT,                            -- JSON: what there is to do for it; NULL where the draft does not tell
    seconds     REAL,                            -- how long it took; NULL unless it had the cores to itself
    UNIQUE (user_id, id)
) STRICT;
CREATE INDEX renders_waiting ON renders (number) WHERE status IN ('pending', 'processing');
