# Pieces that deploy/run and deploy/test share: installing what is missing, and the settings of a
# build. Sourced, not run; it downloads nothing but packages by name, and only what is missing.
# shellcheck shell=bash

cartwatch_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)

# A compile cache that a fresh clone in another folder can use as well.
export CCACHE_BASEDIR="$cartwatch_root" CCACHE_NOHASHDIR=1
export CMAKE_BUILD_PARALLEL_LEVEL="$jobs"

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "$*"
    exit 3
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "packages are missing and this is neither root nor able to sudo: $*"
    fi
}

# packages_of SECTION…: the names under these headings of packages.txt.
packages_of() {
    awk -v wanted=" $* " '
        { sub(/#.*/, "") }
        /^\[/ { section = substr($1, 2, length($1) - 2); next }
        NF && index(wanted, " " section " ") { print $1 }' "$cartwatch_root/deploy/packages.txt"
}

# Debian's nodejs and npm are wanted only where no node or npm is there already: a newer one from
# elsewhere is as good, and the two conflict.
is_covered() {
    case $1 in
    nodejs) command -v node >/dev/null ;;
    npm) command -v npm >/dev/null ;;
    *) return 1 ;;
    esac
}

# missing_packages SECTION…: one name a line; empty where nothing is missing.
missing_packages() {
    local installed name
    installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | awk '/^.i /{print $2}')
    for name in $(packages_of "$@"); do
        if ! grep -qxF "$name" <<<"$installed" && ! is_covered "$name"; then
            printf '%s\n' "$name"
        fi
    done
}

# install_missing SECTION…: calls apt only where something is missing.
install_missing() {
    local names
    mapfile -t names < <(missing_packages "$@")
    if [ ${#names[@]} -eq 0 ]; then
        return 0
    fi
    say "installing ${#names[@]} packages: ${names[*]}"
    # A list that cannot be refreshed need not matter: whether the packages come is what counts.
    as_root apt-get -q update || say "not every package list could be refreshed; going on"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
        install --no-install-recommends "${names[@]}" || die "apt could not install the packages"
    mapfile -t names < <(missing_packages "$@")
    [ ${#names[@]} -eq 0 ] || die "still missing after apt: ${names[*]}"
}

# configure PRESET [cmake arguments…]: the settings of a build stand in CMakePresets.json.
configure() {
    local preset=$1
    shift
    cmake -S "$cartwatch_root" --preset "$preset" "$@"
}
