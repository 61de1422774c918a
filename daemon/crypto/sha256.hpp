// Digests, for the journal's hash chain and whatever else is known by one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::crypto {

// SHA-256 (FIPS 180-4) of the bytes, 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

// The same of bytes that come in parts, however many they are.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    ~Sha256();

    void take(std::string_view part);

    // Of all parts taken. Nothing can be taken after it.
    [[nodiscard]] std::string digest();

private:
    struct Context;

    std::unique_ptr<Context> context_;
};

} // namespace cartwatch::crypto
