// Which sanitizer this file was compiled for. A test that makes many of the same may make fewer
// under one: it finds in a part what it finds in all, and takes ten to twenty times as long.
#pragma once

namespace cartwatch::test {

#ifdef CARTWATCH_ADDRESS_SANITIZER
inline constexpr bool address_sanitizer = true;
#else
inline constexpr bool address_sanitizer = false;
#endif

#ifdef CARTWATCH_THREAD_SANITIZER
inline constexpr bool thread_sanitizer = true;
#else
inline constexpr bool thread_sanitizer = false;
#endif

inline constexpr bool sanitized = address_sanitizer || thread_sanitizer;

} // namespace cartwatch::test
