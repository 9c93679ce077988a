# Installs packages of Debian or Ubuntu that are missing. Read by bin/broadsheet and bin/test.

# run_as_root COMMAND...: runs a command as root, directly or through sudo; fails without either.
run_as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    if [ -t 0 ] && [ -t 2 ]; then sudo "$@"; else sudo -n "$@"; fi
  else
    return 1
  fi
}

# install_packages PACKAGE...: installs packages, or prints the line that does, and exits 3.
install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Broadsheet needs these packages of Debian, or what your system calls them: $*" >&2
    [ "$(uname)" != Darwin ] || echo "On a Mac: brew install cmark libmicrohttpd libyaml pkgconf" >&2
    exit 3
  fi
  echo "Installing $* ..." >&2
  packages_log=$(mktemp)
  if ! {
    run_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
      { run_as_root apt-get update &&
        run_as_root env DEBIAN_FRONTEND=noninteractive \
          apt-get install -y --no-install-recommends "$@"; }
  } >"$packages_log" 2>&1 </dev/null; then
    tail -n 20 "$packages_log" >&2
    rm -f "$packages_log"
    echo "These packages could not be installed. Run this line, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y $*" >&2
    exit 3
  fi
  rm -f "$packages_log"
}

# need_libraries: installs the C libraries that Broadsheet is built with.
need_libraries() {
  missing=
  command -v pkg-config >/dev/null 2>&1 || missing="pkg-config"
  if [ -n "$missing" ] || ! pkg-config --exists libcmark; then missing="$missing libcmark-dev"; fi
  if [ -n "$missing" ] || ! pkg-config --exists yaml-0.1; then missing="$missing libyaml-dev"; fi
  if [ -n "$missing" ] || ! pkg-config --exists libmicrohttpd; then
    missing="$missing libmicrohttpd-dev"
  fi
  # shellcheck disable=SC2086  # several words are meant
  [ -z "$missing" ] || install_packages $missing
}

# has_vips: whether libvips, which makes pictures, is on this machine.
has_vips() {
  for folder in /usr/local/lib /usr/lib/*-linux-gnu /usr/lib64 /usr/lib; do
    [ ! -e "$folder/libvips.so.42" ] || return 0
  done
  return 1
}

# want_vips: installs libvips where that can be done without a question; pictures are copied where not.
want_vips() {
  has_vips && return
  command -v apt-get >/dev/null 2>&1 || return 0
  echo "Installing libvips42, which makes pictures smaller ..." >&2
  (install_packages libvips42) >/dev/null 2>&1 ||
    echo "It could not be installed; pictures are copied as they are." >&2
}

# need_swift: says where to get Swift when it is not there.
need_swift() {
  command -v swift >/dev/null 2>&1 && return
  echo "Broadsheet is built with Swift 6.2 or later, which is not here." >&2
  echo "Get it from https://www.swift.org/install/linux/ and put its 'swift' on the PATH." >&2
  exit 3
}
