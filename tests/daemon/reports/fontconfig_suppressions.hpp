// What the sanitizers need not tell of fontconfig: it keeps one pattern of a few hundred bytes to
// the end of the process, and it hands its own objects to Pango's thread by locks that the thread
// sanitizer cannot see, for neither library is built with it.
#pragma once

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that the sanitizer asks for
extern "C" inline __attribute__((used)) const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so";
}

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that the sanitizer asks for
extern "C" inline __attribute__((used)) const char* __tsan_default_suppressions() {
    return "race:libfontconfig.so\ncalled_from_lib:libfontconfig.so\nrace:libpangoft2\nrace:"
           "libglib\n"
           "mutex:libpangoft2\nmutex:libfontconfig\nmutex:libglib";
}
