# What the tests need from the system; sourced by ./test.

need_sdk() {
  command -v dotnet > /dev/null && command -v node > /dev/null && command -v npm > /dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

find_browser() {
  local candidate
  for candidate in "${CASEFLOW_BROWSER:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
    [ -n "$candidate" ] && command -v "$candidate" && return 0
  done
  return 1
}

find_postgres() {
  local folder
  folder=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -t/ -k5 -n | tail -1)
  [ -n "$folder" ] || folder=$(dirname "$(command -v initdb 2> /dev/null)" 2> /dev/null)
  [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && echo "$folder"
}

has_chinese_font() {
  [ -n "$(fc-list ':lang=zh-cn' family 2> /dev/null | head -1)" ] || ls /usr/share/fonts/opentype/noto/NotoSansCJK* > /dev/null 2>&1
}

# Installs what is missing on Debian; says what to install elsewhere. Exports CASEFLOW_BROWSER and sets pg_bin.
need_parts() {
  local missing=()
  find_browser > /dev/null || missing+=(chromium-headless-shell)
  has_chinese_font || missing+=(fonts-noto-cjk fontconfig)
  find_postgres > /dev/null || missing+=(postgresql)
  if [ ${#missing[@]} -gt 0 ]; then
    if command -v apt-get > /dev/null && as_root true 2> /dev/null; then
      echo "Installing ${missing[*]} ..."
      install_debian "${missing[@]}" || return 1
    else
      echo "Please install: ${missing[*]} (names of Debian's packages)." >&2
      return 1
    fi
  fi
  CASEFLOW_BROWSER=$(find_browser) && export CASEFLOW_BROWSER || { echo "No Chromium was found." >&2; return 1; }
  pg_bin=$(find_postgres) || { echo "No PostgreSQL server was found." >&2; return 1; }
  has_chinese_font || { echo "No font with Chinese was found." >&2; return 1; }
}

install_debian() {
  local log="$work/apt.log" name
  for name in "$@"; do
    if [ "$name" = postgresql ]; then
      # Else the package makes, and starts, a server of its own on port 5432.
      as_root mkdir -p /etc/postgresql-common
      as_root sh -c 'grep -qs "^create_main_cluster" /etc/postgresql-common/createcluster.conf || echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf'
    fi
  done
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold "$@"; } > "$log" 2>&1 || {
    tail -20 "$log" >&2
    return 1
  }
}
