// What the leak checker of an address sanitizer build need not tell: fontconfig keeps one pattern
// of a few hundred bytes to the end of the process, however many documents are made.
#pragma once

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that the sanitizer asks for
extern "C" inline __attribute__((used)) const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so";
}
