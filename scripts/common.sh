# Sourced by every script: works from the root of the clone, with what is slow to fetch or to build kept in a cache.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/podweave
std_source=lib/rustlib/src/rust/library/Cargo.toml

step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

has() { command -v "$1" >/dev/null; }

as_root() {
  local command=(env DEBIAN_FRONTEND=noninteractive "$@")
  ((EUID == 0)) || command=(sudo "${command[@]}")
  "${command[@]}"
}

# debian NAME...: installs Debian packages; the package lists are fetched only if they do not lead to the packages.
debian() {
  step "installing $*"
  local install=(apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@")
  as_root "${install[@]}" >/dev/null 2>&1 && return
  as_root apt-get update -qq
  as_root "${install[@]}" >/dev/null
}

# nginx_program: prints the path of an nginx. Debian's is unpacked into the cache and not installed, which would start it.
nginx_program() {
  local folder=$cache/nginx download=(apt-get download -qq nginx)
  if has nginx; then
    command -v nginx
  elif [[ -x /usr/sbin/nginx ]]; then
    echo /usr/sbin/nginx
  else
    if [[ ! -x $folder/usr/sbin/nginx ]]; then
      mkdir -p "$folder"
      (cd "$folder" && { "${download[@]}" || { as_root apt-get update -qq && "${download[@]}"; }; }) >&2
      dpkg-deb -x "$folder"/nginx_*.deb "$folder"
    fi
    echo "$folder/usr/sbin/nginx"
  fi
}

# cargo_deny: prints the path of a cargo-deny, which is built once for all clones; it need not be fast.
cargo_deny() {
  local version=0.20.2
  local root=$cache/cargo-deny-$version
  if has cargo-deny; then
    command -v cargo-deny
  else
    if [[ ! -x $root/bin/cargo-deny ]]; then
      step "building cargo-deny" >&2
      CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install --quiet --locked --root "$root" "cargo-deny@$version" >&2
    fi
    echo "$root/bin/cargo-deny"
  fi
}

# npm_install DIRECTORY: brings its node_modules to the state of its lock file.
npm_install() {
  local stamp=$1/node_modules/.lock-installed
  has npm || debian nodejs npm
  cmp -s "$1/package-lock.json" "$stamp" && return
  step "installing the npm packages of $1"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$1" --no-audit --no-fund --prefer-offline --loglevel=error
  cp "$1/package-lock.json" "$stamp"
}

# wasm_cargo ARGUMENT...: a cargo that builds the standard library from its source: rustup's, or Debian's where rustup
# has no source and cannot fetch it.
wasm_cargo() {
  local linker=${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER-$(rust_lld)}
  local debian_cargo=(env RUSTC=/usr/bin/rustc "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker" /usr/bin/cargo)
  if [[ -e $(rustc --print sysroot)/$std_source ]]; then
    RUSTC_BOOTSTRAP=1 cargo "$@"
  elif [[ -e /usr/$std_source ]] && has /usr/bin/cargo; then
    RUSTC_BOOTSTRAP=1 "${debian_cargo[@]}" "$@"
  elif timeout 120 rustup component add rust-src >/dev/null 2>&1; then
    RUSTC_BOOTSTRAP=1 cargo "$@"
  else
    debian cargo-web rustc-web rust-web-src
    RUSTC_BOOTSTRAP=1 "${debian_cargo[@]}" "$@"
  fi
}

has_wasm_std() { [[ -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib ]]; }

rust_lld() { find "$(rustc --print sysroot)/lib/rustlib" -name rust-lld | head -n 1; }

# What was compiled of other people's crates is the same in every clone, as long as compiler, lock file and profiles are.
dependencies() { echo "$cache/target-$({ rustc -V && cat Cargo.lock Cargo.toml crates/*/Cargo.toml scripts/site; } | sha256sum | cut -c -16)"; }

# restore_dependencies: a clone that has built nothing begins with the dependencies that another clone has built.
restore_dependencies() {
  local saved
  saved=$(dependencies)
  if [[ ! -d target/release && ! -d target/debug && -d $saved ]]; then
    mkdir -p target
    cp -a --reflink=auto "$saved/." target/
  fi
}

# save_dependencies: keeps the compiled dependencies for the next clone, in place of an older set.
save_dependencies() {
  local saved new=$cache/new-$$
  saved=$(dependencies)
  [[ ! -d $saved ]] || return 0
  rm -rf "$cache"/target-* "$cache"/new-*
  mkdir -p "$new"
  tar -c -C target --exclude={incremental,'*podweave*','*kube_dry_run*','kube-dry-run-*','bindgen-*','integration-*',.cargo-lock} debug release tool wasm | tar -x -C "$new"
  mv -T "$new" "$saved" 2>/dev/null || rm -rf "$new"
}

# python_with_yaml: prints a Python that has PyYAML.
python_with_yaml() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import yaml' 2>/dev/null; then
      command -v "$python"
      return
    fi
  done
  debian python3-yaml >&2
  echo /usr/bin/python3
}
