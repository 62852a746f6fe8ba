-- The stores that a key is bound to, as JSON; NULL = all.
ALTER TABLE api_keys ADD COLUMN stores TEXT CHECK (stores IS NULL OR json_type(stores) = 'array');
