# The stages of deploy/test: each runs in a log of its own, with a limit on its seconds, and a
# failed one is told at once and counted. Sourced after lib.sh.
# shellcheck shell=bash

log_folder=$cartwatch_root/build/logs
stage_lines=()
failed_stages=' '
unfinished_stages=' '
passed=0
failed=0
skipped=0

# Some seconds a target find what a change has just broken; the long runs are a developer's own.
fuzz_seconds_per_target=10
fuzz_seconds_in_all=100
# After this no stage begins or goes on: whoever started the run must still get its count. A stage that
# it leaves out or cuts short is told, and is no failure. CARTWATCH_SECONDS: another number.
seconds_in_all=${CARTWATCH_SECONDS:-4500}
# A stage that would have less than this is not begun.
stage_seconds_least=45
# clang-tidy takes what the other stages left of the first number, within these bounds; what did not
# fit is named, pure rooms come first.
tidy_ends_at_second=2280
tidy_seconds_least=60
tidy_seconds_most=330

# stage NAME LIMIT_SECONDS COMMAND…: runs it in a process group of its own, within the limit.
stage() {
    local name=$1 limit=$2 began=$SECONDS outcome=0 took
    shift 2
    if [ -n "${CARTWATCH_STAGES:-}" ] && [[ " $CARTWATCH_STAGES " != *" ${name%%-*} "* ]]; then
        return 0
    fi
    if [[ $failed_stages == *" ${name%-tests}-build "* ]]; then
        stage_lines+=("$(printf '%-14s not run: its build failed' "$name")")
        return 0
    fi
    local left=$((seconds_in_all - SECONDS)) cut=false
    if [ "$left" -lt "$stage_seconds_least" ] || [[ $unfinished_stages == *" ${name%-tests}-build "* ]]; then
        unfinished_stages+="$name "
        stage_lines+=("$(printf '%-14s left out: no time' "$name")")
        say "${stage_lines[-1]}"
        return 0
    fi
    if [ "$limit" -gt "$left" ]; then
        limit=$left cut=true
    fi
    rm -f "$log_folder/$name.xml"
    in_time "$limit" "$name" "$@" >"$log_folder/$name.log" 2>&1 </dev/null || outcome=$?
    took=$((SECONDS - began))
    if [ "$outcome" -eq 124 ] && "$cut"; then
        unfinished_stages+="$name "
        stage_lines+=("$(printf '%-14s cut short at %3d s: no time' "$name" "$took")")
        say "${stage_lines[-1]}"
        return 0
    fi
    count_tests "$name" "$outcome"
    if [ "$outcome" -eq 0 ]; then
        stage_lines+=("$(printf '%-14s ok      %5d s  %s' "$name" "$took" "$(note_of "$name")")")
    else
        failed_stages+="$name "
        stage_lines+=("$(printf '%-14s FAILED  %5d s  exit %d, see %s' "$name" "$took" "$outcome" \
            "build/logs/$name.log")")
        say "--- $name failed (exit $outcome); the end of its log:"
        tail -n 120 "$log_folder/$name.log" >&2
    fi
    say "${stage_lines[-1]}"
}

# timeout(1) runs programs, not functions: the function gets a shell of its own to run in.
in_time() {
    local limit=$1
    shift
    timeout --kill-after=20 "$limit" bash -c '
        set -euo pipefail
        . "$0/lib.sh"
        . "$0/stages.sh"
        cd "$cartwatch_root"
        stage_name=$1
        shift
        "$@"' "$cartwatch_root/deploy" "$@"
}

# A stage may leave one line in its log that belongs in the summary.
note_of() {
    sed -n 's/^note: //p' "$log_folder/$1.log" | tail -n 1
}

# Adds up what ctest wrote. A stage that failed without a failed test is one failure of its own.
count_tests() {
    local name=$1 outcome=$2 tests=0 bad=0 skips=0
    if [ -s "$log_folder/$name.xml" ]; then
        read -r tests bad skips < <(python3 -c '
import sys
import xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot()
print(suite.get("tests"), suite.get("failures"),
      int(suite.get("skipped", 0)) + int(suite.get("disabled", 0)))' "$log_folder/$name.xml")
    fi
    if [ "$outcome" -ne 0 ] && [ "$bad" -eq 0 ]; then
        failed=$((failed + 1))
    fi
    passed=$((passed + tests - bad - skips))
    failed=$((failed + bad))
    skipped=$((skipped + skips))
}

report() {
    local line counts
    say ""
    for line in "${stage_lines[@]}"; do
        say "$line"
    done
    say "$(printf '%-14s         %5d s' 'in all' "$SECONDS")"
    counts="$passed passed, $failed failed"
    if [ "$skipped" -gt 0 ]; then
        counts+=", $skipped skipped"
    fi
    printf '%s\n' "$counts"
    [ "$failed" -eq 0 ] && [ "$failed_stages" = ' ' ] && [ "$passed" -gt 0 ]
}

check_format() {
    mapfile -d '' -t files < <(git_files '*.cpp' '*.hpp')
    [ ${#files[@]} -gt 0 ] || die "no source file is listed by git: is this a clone?"
    clang-format-14 --dry-run -Werror "${files[@]}"
    echo "note: ${#files[@]} files"
}

# Tracked and new files alike, so that a developer hears of a file before its commit.
git_files() {
    git -c safe.directory="$cartwatch_root" -C "$cartwatch_root" ls-files -z --deduplicate \
        --cached --others --exclude-standard -- "$@" |
        while IFS= read -r -d '' file; do
            [ ! -f "$file" ] || printf '%s\0' "$file"
        done
}

# build PRESET [arguments of cmake --build…]
build() {
    local preset=$1
    shift
    configure "$preset"
    # Goes on after a failed file: one run names all that do not compile.
    cmake --build --preset "$preset" "$@" -- -k 0
}

# run_tests PRESET [arguments of ctest…]
run_tests() {
    local preset=$1 outcome=0
    shift
    ctest --preset "$preset" --parallel "$jobs" --output-junit "$log_folder/$stage_name.xml" \
        "$@" || outcome=$?
    # A run that wrote no count has run nothing.
    [ -s "$log_folder/$stage_name.xml" ] || outcome=8
    return "$outcome"
}

# run_fuzzers PRESET: each target starts from the committed corpus and adds to one in the build tree.
# An input that breaks it is kept in build/logs.
run_fuzzers() {
    local targets seconds corpus=$cartwatch_root/tests/fuzz/corpus
    mapfile -t targets < <(find "build/$1/tests/fuzz" -maxdepth 1 -name '*_fuzz' -type f | sort)
    [ ${#targets[@]} -gt 0 ] || die "no fuzz target was built"
    seconds=$((fuzz_seconds_in_all * jobs / ${#targets[@]}))
    if [ "$seconds" -gt "$fuzz_seconds_per_target" ]; then
        seconds=$fuzz_seconds_per_target
    fi
    printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c '
        set -euo pipefail
        name=$(basename "$1" _fuzz)
        grown=build/fuzz/corpus/$name
        mkdir -p "$grown"
        "$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="build/logs/$name-" "$grown" "$3/$name" >"build/logs/fuzz-$name.log" 2>&1 ||
            { tail -n 40 "build/logs/fuzz-$name.log"; echo "$name failed"; exit 1; }
        grep -h "number_of_executed_units" "build/logs/fuzz-$name.log" | sed "s/^/$name /"
    ' fuzzer {} "$seconds" "$corpus"
    echo "note: ${#targets[@]} targets, $seconds s each"
}

seconds_for_tidy() {
    local left=$((tidy_ends_at_second - SECONDS))
    if [ "$left" -gt "$tidy_seconds_most" ]; then
        left=$tidy_seconds_most
    elif [ "$left" -lt "$tidy_seconds_least" ]; then
        left=$tidy_seconds_least
    fi
    echo "$left"
}

# run_tidy SECONDS
run_tidy() {
    configure tidy
    python3 tests/lint/run_tidy.py --build build/tidy --jobs "$jobs" --seconds "$1"
}
