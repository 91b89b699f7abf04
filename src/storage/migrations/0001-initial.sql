-- Documents are json, not jsonb: jsonb would reorder the keys of schemas, and generated files with them.
CREATE TABLE mcp_crafter.servers (
  name text PRIMARY KEY,
  record json NOT NULL,
  created_at timestamptz(3) NOT NULL
);

CREATE TABLE mcp_crafter.builds (
  id text PRIMARY KEY,
  sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  server text NOT NULL,
  version text NOT NULL,
  status text NOT NULL,
  stage text,
  fraction double precision NOT NULL,
  message text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  error json,
  report json,
  input json
);
CREATE INDEX builds_of_server ON mcp_crafter.builds (server, sequence DESC);
CREATE INDEX builds_unfinished ON mcp_crafter.builds (server) WHERE status IN ('queued', 'running');

CREATE TABLE mcp_crafter.plans (
  id text PRIMARY KEY,
  document json NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE mcp_crafter.releases (
  id text PRIMARY KEY,
  sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  server text NOT NULL,
  version text NOT NULL,
  artifact text NOT NULL,
  target text NOT NULL,
  status text NOT NULL,
  reason text,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX releases_of_server ON mcp_crafter.releases (server, sequence DESC);

CREATE TABLE mcp_crafter.secrets (
  server text NOT NULL,
  name text NOT NULL,
  sealed text NOT NULL,
  PRIMARY KEY (server, name)
);

-- Services that run jobs; each holds an advisory lock made from its id for as long as it lives.
CREATE TABLE mcp_crafter.executors (
  id text PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now()
);
