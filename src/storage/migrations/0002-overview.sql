-- What a listing reads instead of records, which hold reports and whole interfaces. Filled with its record, and for older
-- records by the first listing: texts in them may hold what this database's own functions for JSON refuse.
ALTER TABLE mcp_crafter.servers ADD COLUMN overview json;
