#include "daemon/trust/join_code.hpp"

#include "daemon/crypto/random.hpp"
#include "daemon/crypto/sha256.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::trust {

namespace {

// Crockford's 32: without I, L, O and U, which are misread, or spell words.
constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned bits_per_symbol = 5;
constexpr unsigned bits_per_digit = 4;

constexpr std::size_t authority_symbols = 20;
constexpr std::size_t secret_symbols = 16;
constexpr std::size_t check_symbols = 4;
constexpr std::size_t all_symbols = authority_symbols + secret_symbols + check_symbols;
constexpr std::size_t group = 4;
constexpr std::size_t secret_bytes = 10;

// What a person may paste, bytes: the code with a blank or hyphen around every symbol.
constexpr std::size_t pasted_bytes_max = 3 * all_symbols;

unsigned value_of_digit(char digit) {
    return static_cast<unsigned>(is_digit(digit) ? digit - '0' : digit - 'a' + 10);
}

// The first symbols of what the hexadecimal digits hold.
std::string symbols_of(std::string_view hexadecimal, std::size_t count) {
    ensure(
        hexadecimal.size() * bits_per_digit >= count * bits_per_symbol, "digits for each symbol");
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char digit : hexadecimal) {
        held = (held << bits_per_digit) | value_of_digit(digit);
        bits += bits_per_digit;
        if (bits >= bits_per_symbol && text.size() < count) {
            bits -= bits_per_symbol;
            text += symbols[(held >> bits) % symbols.size()];
        }
    }
    return text;
}

std::string check_of(const std::string& text) {
    return symbols_of(crypto::sha256("cartwatch join code " + text), check_symbols);
}

// '\0' for what is no symbol.
char symbol_meant(char c) {
    const char large = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (large == 'O') {
        return '0';
    }
    if (large == 'I' || large == 'L') {
        return '1';
    }
    return symbols.find(large) == std::string_view::npos ? '\0' : large;
}

Unexpected no_code(const std::string& why) {
    return refused(
        ErrorCode::bad_input,
        "the code " + why + ": expected ten groups of four, as the pharmacy printed them");
}

} // namespace

JoinCode make_join_code(std::string_view fingerprint) {
    JoinCode code;
    code.authority = symbols_of(fingerprint, authority_symbols);
    code.secret = symbols_of(crypto::random_hexadecimal(secret_bytes), secret_symbols);
    return code;
}

std::string to_text(const JoinCode& code) {
    const std::string told = code.authority + code.secret;
    const std::string all = told + check_of(told);
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        text += i > 0 && i % group == 0 ? "-" : "";
        text += all[i];
    }
    return text;
}

Result<JoinCode> parse_join_code(std::string_view text) {
    if (text.size() > pasted_bytes_max) {
        return no_code("is too long");
    }
    std::string all;
    for (const char c : text) {
        const bool between = c == '-' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
        const char symbol = symbol_meant(c);
        if (!between && symbol == '\0') {
            return no_code("holds \"" + quotable(std::string_view(&c, 1)) + "\"");
        }
        if (!between) {
            all += symbol;
        }
    }
    if (all.size() != all_symbols) {
        return no_code("has " + std::to_string(all.size()) + " letters and digits");
    }
    const std::string told = all.substr(0, authority_symbols + secret_symbols);
    if (all.substr(told.size()) != check_of(told)) {
        return no_code("is mistyped");
    }
    return JoinCode{told.substr(0, authority_symbols), told.substr(authority_symbols)};
}

bool is_for(const JoinCode& code, std::string_view fingerprint) {
    return code.authority == symbols_of(fingerprint, authority_symbols);
}

bool is_secret(std::string_view text) {
    return text.size() == secret_symbols && std::all_of(text.begin(), text.end(), [](char c) {
               return symbols.find(c) != std::string_view::npos;
           });
}

} // namespace cartwatch::trust
