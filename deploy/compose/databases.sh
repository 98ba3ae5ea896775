#!/bin/sh
# The first start of the database server: a database and an owner each for the shop and for Saleor.
set -eu
psql -v ON_ERROR_STOP=1 -v shop="$CHOSAO_DB_PASSWORD" -v saleor="$SALEOR_DB_PASSWORD" -U postgres -d postgres <<'SQL'
CREATE ROLE chosao LOGIN PASSWORD :'shop';
CREATE ROLE saleor LOGIN PASSWORD :'saleor';
CREATE DATABASE chosao OWNER chosao;
CREATE DATABASE saleor OWNER saleor;
REVOKE CONNECT ON DATABASE chosao, saleor FROM PUBLIC;
SQL
