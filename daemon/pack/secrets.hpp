// Codes that people sign with, and that no pack may tell: which bodies of entries bear one. Pure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace cartwatch::pack {

class Secrets {
public:
    // A code that is a person's id as well is told everywhere, and no secret: leave it out.
    explicit Secrets(const std::set<std::string>& codes);

    // Whether a code stands anywhere in the JSON text; one of fewer than four bytes only where it
    // is a whole text. Costs a look-up for each byte and each length of codes.
    [[nodiscard]] bool in(std::string_view json) const;

private:
    std::map<std::size_t, std::set<std::string, std::less<>>> codes_; // by length, as JSON has them
};

} // namespace cartwatch::pack
