// A keyed digest: whoever lacks the key can neither make it nor tell it from chance.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::crypto {

// HMAC-SHA256 (RFC 2104) under one key.
class Hmac {
public:
    explicit Hmac(std::string_view key);
    Hmac(Hmac&& other) noexcept;
    Hmac& operator=(Hmac&& other) noexcept;
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;
    ~Hmac();

    // 64 lower-case hexadecimal digits. Not for several threads.
    [[nodiscard]] std::string of(std::string_view bytes) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace cartwatch::crypto
