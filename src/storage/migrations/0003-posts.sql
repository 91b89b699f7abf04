-- What is kept of a server's run beside its record: which service runs it, where it answered last, what it exchanged.
CREATE TABLE mcp_crafter.posts (
  server text PRIMARY KEY,
  -- The service that runs it, and how people call that one; null when none does.
  service text,
  label text,
  -- The service that asks it to let go, so as to run the server itself.
  asked text,
  port integer,
  traffic json
);

-- The state folder's service that an executor is one run of.
ALTER TABLE mcp_crafter.executors ADD COLUMN service text;

-- Nobody read it: a job has its own.
ALTER TABLE mcp_crafter.builds DROP COLUMN input;
