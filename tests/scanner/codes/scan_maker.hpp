// Valid scans of every family at random, in parts, so that a test knows where in the text each
// field stands. The numbers come from the seed alone: the same seed makes the same scans
// everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::test {

inline constexpr char gs = '\x1d'; // FNC1 as a scanner sends it

// A piece of a scan. `field` is the one of gtin, lot, expiry, serial that it writes; "" for none.
struct Part {
    std::string field;
    std::string text;
    // How a change in it is seen: by a check over the part itself, over the whole scan, or not.
    enum class Check { none, own, whole } check = Check::none;
};

struct ValidScan {
    std::string family;
    std::string identifier; // AIM; empty: the scanner sends none
    std::vector<Part> parts;

    [[nodiscard]] std::string data() const {
        std::string text;
        for (const Part& part : parts) {
            text += part.text;
        }
        return text;
    }

    [[nodiscard]] std::string text() const {
        return identifier + data();
    }
};

class ScanMaker {
public:
    explicit ScanMaker(std::uint32_t seed) : random_(seed) {}

    [[nodiscard]] std::size_t below(std::size_t bound); // 0 to bound - 1
    [[nodiscard]] bool one_in(std::size_t bound);
    [[nodiscard]] std::string characters(std::string_view set, std::size_t length);
    [[nodiscard]] std::string digits(std::size_t length);

    // Half of them element strings, since those are what scanners damage most.
    [[nodiscard]] ValidScan scan();

private:
    [[nodiscard]] std::string one_of(std::initializer_list<const char*> texts);
    [[nodiscard]] std::string gtin(const std::string& front = "0");
    [[nodiscard]] std::string yymmdd();
    [[nodiscard]] std::string free_text(std::size_t longest);
    void add_element(ValidScan& scan, const char* field, const char* identifier);

    [[nodiscard]] ValidScan element_string();
    [[nodiscard]] ValidScan ean_upc();
    [[nodiscard]] ValidScan hibc();
    [[nodiscard]] ValidScan ifa();
    [[nodiscard]] ValidScan numbers();
    [[nodiscard]] ValidScan digital_link();
    [[nodiscard]] ValidScan other_families();

    std::mt19937 random_;
};

} // namespace cartwatch::test
