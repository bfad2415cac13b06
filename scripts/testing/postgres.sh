# A PostgreSQL server of our own in a temporary folder; sourced by ./test.

pg_home=""

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups "$@")
  else
    "$@"
  fi
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# start_postgres MODE: exports CASEFLOW_TEST_POSTGRES, the connection string of an administrator; tests make their own
# databases. Drills kill the server, so they get a server that keeps its word on disk.
start_postgres() {
  local port durability="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  [ "$1" = drills ] && durability=""
  pg_home="$work/postgres"
  mkdir -p "$pg_home"
  [ "$(id -u)" -eq 0 ] && chown postgres "$pg_home"
  port=$(free_port) || return 1
  as_postgres "$pg_bin/initdb" -D "$pg_home/data" -U caseflow --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync > "$pg_home.log" 2>&1 || { cat "$pg_home.log" >&2; return 1; }
  as_postgres "$pg_bin/pg_ctl" -D "$pg_home/data" -w -t 60 -l "$pg_home/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg_home -c max_connections=300 $durability" start > "$pg_home.log" 2>&1 \
    || { cat "$pg_home.log" "$pg_home/log" >&2; return 1; }
  export CASEFLOW_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=caseflow;Database=postgres;Include Error Detail=true"
  export CASEFLOW_TEST_POSTGRES_BIN=$pg_bin
  echo "PostgreSQL runs on port $port."
}

stop_postgres() {
  [ -n "$pg_home" ] && [ -d "$pg_home/data" ] && as_postgres "$pg_bin/pg_ctl" -D "$pg_home/data" -m immediate stop > /dev/null 2>&1
  return 0
}
