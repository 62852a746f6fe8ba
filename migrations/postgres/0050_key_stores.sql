-- The stores that a key is bound to; NULL = all.
ALTER TABLE api_keys ADD COLUMN stores json CHECK (stores IS NULL OR json_typeof(stores) = 'array');
